package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import picocli.CommandLine.Command;

@Command(name = "watch", description = "Show what happens, as it happens.")
@Manual(examples = "gossip watch", exitCodes = ExitCode.DONE)
public final class Watch extends NetworkCommand {
    public Watch(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        return 0;
    }
}
