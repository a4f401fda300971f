package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description = {
            "Write a key of the shared state at one node.",
            "It ends when that node has it durably; all others get it by gossip."
        })
@Manual(
        examples = {
            "gossip put 4 colour green",
            "gossip put 4 config/web - < web.json # the value comes from a file, as it is"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE})
public final class PutKey extends KeyCommand {

    @Parameters(
            index = "2",
            paramLabel = "VALUE",
            description = "The value, up to 64 KiB; - reads it from standard input.")
    private String value;

    public PutKey(Console console) {
        super(console);
    }

    @Override
    protected int run() throws IOException {
        byte[] bytes = bytes();
        String path = path(bytes.length);
        Contact contact = contact();
        Key.Written written = Key.Written.read(contact.call(path).put(bytes), contact);
        print(Report.of(
                Key.Written.class, written, () -> contact.called() + " has '" + Plain.of(written.key()) + "'.\n"));
        return ExitCode.DONE;
    }

    private byte[] bytes() throws IOException {
        if (!value.equals("-")) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        int bytesMax = Key.LIMITS.valueBytesMax();
        byte[] bytes = console().in().readNBytes(bytesMax + 1);
        if (bytes.length > bytesMax) {
            throw Failure.usage(
                    "This cannot be: the value has more than " + bytesMax + " bytes, which is the limit.", "");
        }
        return bytes;
    }
}
