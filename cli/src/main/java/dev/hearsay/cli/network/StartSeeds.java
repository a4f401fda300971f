package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.seeded.SeedOptions;
import dev.hearsay.cli.seeded.SeededOptions;
import dev.hearsay.live.network.NetworkDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "start-seeds", description = "Start seeds, each a process of its own; peers come later.")
@Manual(
        examples = {
            "gossip start-seeds # three, from port 6000",
            "gossip start-seeds 5",
            "gossip start-peers 5 # peers that register with them"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN, ExitCode.INTERRUPTED})
public final class StartSeeds extends NetworkCommand {

    private static final int USUAL_PEER_PORT = 7000;

    @Parameters(
            arity = "0..1",
            paramLabel = "S",
            defaultValue = "3",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--seed-base-port",
            paramLabel = "PORT",
            defaultValue = "6000",
            description = "Seed i listens on this port + i - 1 (default: ${DEFAULT-VALUE}).")
    private int seedBasePort;

    @Option(names = "--in-memory", description = "Keep nothing on disk: a seed that ends has forgotten all its votes.")
    private boolean isInMemory;

    @Option(
            names = "--fresh",
            description =
                    "Begin anew: keep nothing of an earlier network, not even of one that died; config.txt is written anew.")
    private boolean isFresh;

    @Mixin
    private SeededOptions seededOptions;

    @Mixin
    private SeedOptions seedOptions;

    public StartSeeds(Console console) {
        super(console);
    }

    @Override
    protected int run() throws Exception {
        var wish = new SeededStart.Wish(
                seeds, seedBasePort, 0, USUAL_PEER_PORT, isInMemory, false, false, isFresh, 0, null);
        NetworkDirectory directory = LiveNetwork.directory(console(), networkName());
        new SeededStart(console(), directory, progress(), this::print)
                .run(wish, seededOptions.files(), seededOptions.settings(null, seedOptions));
        return ExitCode.DONE;
    }
}
