package dev.hearsay.cli.base;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A subcommand. It is made for one call: picocli fills its fields, then it is called once. */
public abstract class GossipCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean isHelpWanted;

    @Option(names = "--debug", description = "Show where an error comes from. Also: GOSSIP_DEBUG=1.")
    private boolean isDebugging;

    protected GossipCommand(Console console) {
        this.console = console;
    }

    protected final Console console() {
        return console;
    }

    public final boolean isDebugging() {
        return isDebugging || console.isDebugging();
    }

    @Override
    public final Integer call() throws Exception {
        return run();
    }

    /**
     * Refuses words that mean nothing to this command. Asked where its help is wanted, so words may be missing.
     *
     * @throws Failure that names the first
     */
    public void demandKnownWords() {
        // Most take any word, or leave it to the parser.
    }

    /**
     * Does what was asked.
     *
     * @return the exit code
     * @throws Failure if it cannot be done
     */
    protected abstract int run() throws Exception;
}
