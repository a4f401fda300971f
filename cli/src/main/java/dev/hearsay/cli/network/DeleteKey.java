package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Report;
import picocli.CommandLine.Command;

@Command(
        name = "delete",
        description = {
            "Delete a key of the shared state at one node.",
            "It ends when that node has the deletion durably; all others get it by gossip."
        })
@Manual(
        examples = {"gossip delete 4 colour"},
        exitCodes = {
            ExitCode.DONE,
            ExitCode.FAILED,
            ExitCode.USAGE,
            ExitCode.NOT_RUNNING,
            ExitCode.NO_SUCH_NODE,
            ExitCode.NO_SUCH_KEY
        })
public final class DeleteKey extends KeyCommand {

    public DeleteKey(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        String path = path(0);
        Contact contact = contact();
        Key.Written deleted = Key.Written.read(contact.call(path).delete(), contact);
        print(Report.of(
                Key.Written.class,
                deleted,
                () -> contact.called() + " has deleted '" + Plain.of(deleted.key()) + "'.\n"));
        return ExitCode.DONE;
    }
}
