package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Format;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Report;
import picocli.CommandLine.Command;

@Command(name = "get", description = "Print the value of a key, as one node knows it, and nothing else.")
@Manual(
        examples = {
            "gossip get 8 colour",
            "gossip get 8 config/web > web.json # byte by byte what was put",
            "gossip get 8 colour -o json # with who wrote it, and when"
        },
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE, ExitCode.NO_SUCH_KEY})
public final class GetKey extends KeyCommand {

    public GetKey(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        String path = path(0);
        Contact contact = contact();
        Key.Entry entry = contact.read(
                        () -> Key.JSON.read(Key.Entry.class, contact.call(path).get()))
                .with(names());
        if (output() == Format.TABLE && !console().outIsTerminal()) {
            byte[] bytes = entry.bytes();
            console().out().write(bytes, 0, bytes.length);
            console().out().flush();
        } else {
            print(Report.of(Key.Entry.class, entry, () -> Plain.lines(entry.value()) + "\n"));
        }
        return ExitCode.DONE;
    }
}
