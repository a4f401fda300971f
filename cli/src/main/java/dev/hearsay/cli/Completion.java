package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "completion", description = "Print a script that lets a shell complete this command.")
@Manual(
        examples = {
            "source <(gossip completion bash) # for this shell; put it into ~/.bashrc for all",
            "source <(gossip completion zsh) # the same in zsh, with ~/.zshrc"
        })
final class Completion extends GossipCommand {

    /** The shells there is a script for; one script serves both. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", arity = "0..1", defaultValue = "bash", description = "bash (default) or zsh.")
    @SuppressWarnings("unused") // one script serves all
    private Shell shell;

    Completion(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        console().out().print(AutoComplete.bash("gossip", Main.commandLine(console(), "")));
        return ExitCode.DONE;
    }
}
