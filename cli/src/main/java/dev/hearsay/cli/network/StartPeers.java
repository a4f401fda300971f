package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.seeded.PeerOptions;
import dev.hearsay.cli.seeded.SeedConfigs;
import dev.hearsay.cli.seeded.SeededOptions;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "start-peers",
        description = "Start peers, each a process of its own, or add more to the network that runs.")
@Manual(
        examples = {
            "gossip start-peers 5 # after start-seeds: five, from port 7000",
            "gossip start-peers 3 8000 # three more, from port 8000",
            "gossip start-peers 5 --config their/config.txt # with seeds that were started by hand or elsewhere"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN, ExitCode.INTERRUPTED})
public final class StartPeers extends NetworkCommand {

    @Parameters(index = "0", paramLabel = "P", description = "How many.")
    private int peers;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PORT",
            description = "Where the first one listens, the others after it (default: 7000, or after the last peer).")
    private @Nullable Integer port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Which seeds there are, where none run in the network (default: config.txt in --dir).")
    private @Nullable Path config;

    @Option(names = "--in-memory", description = "Keep messages in memory only.")
    private boolean isInMemory;

    @Option(names = "--fresh", description = "Begin anew over a network that died, without its messages.")
    private boolean isFresh;

    @Mixin
    private SeededOptions seededOptions;

    @Mixin
    private PeerOptions peerOptions;

    @Spec
    private CommandSpec spec;

    public StartPeers(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        if (peers < 1) {
            throw Failure.usage("There must be at least 1 peer to start, not " + peers + ".", "");
        }
        NetworkDirectory directory = LiveNetwork.directory(console(), networkName());
        boolean runs = LiveNetwork.find(console(), networkName())
                .filter(network -> network.state() == LiveNetwork.State.RUNNING)
                .isPresent();
        if (!runs) {
            demandSeeds();
        }
        try (NetworkLock _ = NetworkLock.take(directory)) {
            if (runs) {
                add(running());
            } else {
                begin(directory);
            }
        }
        return ExitCode.DONE;
    }

    private void add(LiveNetwork network) {
        NetworkFile.Seeded seeded = network.file().seeded();
        if (seeded == null) {
            throw Failure.usage(
                    "The network '" + network.name() + "' has no seeds that could register a peer.",
                    "One more node for it: gossip add-node" + LiveNetwork.option(network.name())
                            + "; or another network: gossip start-peers … --network two");
        }
        NetworkFile.Seeded changed = changed(seeded, network.file());
        long startedNanos = System.nanoTime();
        int first = port == null ? MorePeers.nextPort(network.file()) : port;
        MorePeers more = new MorePeers(console(), network);
        List<NetworkFile.Entry> added;
        try (Progress progress = progress()) {
            added = more.start(changed, peers, first, progress);
        }
        print(ReadySeeded.report(running().file(), added, (System.nanoTime() - startedNanos) / 1e6, more.notes()));
    }

    /** What is given here holds for the first peers of a network; later ones are as those are. */
    private NetworkFile.Seeded changed(NetworkFile.Seeded old, NetworkFile file) {
        for (String option : List.of("--config", "--dir", "--profile", "--secret-file", "--in-memory")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw refusal(file, option);
            }
        }
        var changed = new NetworkFile.Seeded(old.directory(), old.config(), peerOptions.applyTo(old.settings()));
        if (!changed.equals(old) && !file.gossiping().isEmpty()) {
            throw refusal(file, "What a peer does");
        }
        return changed;
    }

    private static Failure refusal(NetworkFile file, String what) {
        return Failure.usage(
                what + " cannot be chosen for peers that join the network '" + file.name()
                        + "': they are as the network is.",
                "Another network beside it: gossip start-peers … --network two");
    }

    private Path configFile() {
        return config == null
                ? seededOptions.files().config()
                : config.toAbsolutePath().normalize();
    }

    private void demandSeeds() {
        if (config == null && !Files.exists(configFile())) {
            throw Failure.usage(
                    "There are no seeds yet: no network"
                            + LiveNetwork.option(networkName()).replace(" --network", "") + " runs, and there is no "
                            + configFile() + ".",
                    "Start seeds first: gossip start-seeds; or say where they are: --config FILE");
        }
        SeedConfigs.read(configFile());
    }

    private void begin(NetworkDirectory directory) throws InterruptedException {
        Launch launch = new Launch(console(), directory);
        launch.demandNotRunning(isFresh);
        int first = port == null ? 7000 : port;
        SeededPlan.demandPossible(0, 0, peers, first, true);
        List<NetworkFile.Entry> entries = SeededPlan.entries(false, 1, peers, first);
        SeededPlan.demandFree(entries, NetworkDirectory.home(console().environment()));
        var seeded = new NetworkFile.Seeded(
                seededOptions.files().path(), configFile(), seededOptions.settings(peerOptions, null));
        NetworkFile file = SeededPlan.file(networkName(), entries, first - 1, seeded, isInMemory, true);
        List<Path> folders = entries.stream()
                .map(entry -> seeded.files().data(entry.address(), false))
                .toList();
        List<String> notes = new ArrayList<>(NetworkFiles.beginAnew(directory, isFresh, folders));
        notes.addAll(SeededPlan.forget(entries, seeded.files()));
        double millis = launch.start(file, "Starting " + peers + (peers == 1 ? " peer" : " peers"), progress());
        print(ReadySeeded.report(file, entries, millis, notes));
    }
}
