package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

@Command(name = "version", description = "Show the version, and what it runs on.")
@Manual(examples = "gossip version")
final class Version extends GossipCommand {

    Version(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        console().out().println(Text.line());
        console()
                .out()
                .println("Java " + Runtime.version() + " (" + System.getProperty("java.vm.vendor") + "), "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return ExitCode.DONE;
    }

    /** The version in the jar's manifest; classes that are run without their jar have none. */
    static final class Text implements IVersionProvider {

        static String line() {
            String version = Main.class.getPackage().getImplementationVersion();
            return "gossip " + (version == null ? "(development)" : version);
        }

        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }
    }
}
