package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.HostProcesses;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.plot.Topology;
import dev.hearsay.cli.plot.TopologyFile;
import dev.hearsay.core.overlay.Overlay;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "start-network", description = "Start a network of nodes on this machine; returns when all are ready.")
@Manual(
        examples = {
            "gossip start-network # 16 nodes on ports 7001 to 7016, each with 3 random neighbours",
            "gossip start-network --plot # the same, with a picture of its topology",
            "gossip start-network random 5 # 5 neighbours each",
            "gossip start-network circular --num-nodes=32",
            "gossip start-network small-world 4 0.1 --num-nodes=100 --plot=world.png",
            "gossip start-network --processes # every node a process of its own"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN, ExitCode.INTERRUPTED})
public final class StartNetwork extends NetworkCommand {

    private static final int RANDOM_SEED_BOUND = 1_000_000_000;

    @Parameters(
            arity = "0..*",
            paramLabel = "TOPOLOGY",
            description = {
                "random K (default: random 3), circular, powerlaw [ALPHA [K]], full, grid, small-world K P,"
                        + " scale-free M; or in one word, such as random:3."
            })
    private List<String> topology = new ArrayList<>();

    @Option(
            names = {"-n", "--num-nodes"},
            paramLabel = "N",
            defaultValue = "16",
            description = "How many nodes (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--base-port",
            paramLabel = "PORT",
            defaultValue = "7000",
            description = "Node i listens on this port + i (default: ${DEFAULT-VALUE}).")
    private int basePort;

    @Option(
            names = "--spread",
            paramLabel = "SPEC",
            defaultValue = "flood",
            description = "How a node passes a message on: flood (default), or push:K to K random neighbours.")
    private String spread;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "",
            preprocessor = OnlyAttached.class,
            description = "Draw the topology; FILE ends with " + TopologyFile.FORMATS + ".")
    private @Nullable String plot;

    @Option(names = "--processes", description = "Give every node a process of its own.")
    private boolean isProcessEach;

    @Option(
            names = "--in-memory",
            description = "Keep messages in memory only: faster, and gone when the network stops.")
    private boolean isInMemory;

    @Option(names = "--foreground", description = "Run the nodes in this process, until Ctrl-C.")
    private boolean isForeground;

    @Option(names = "--fresh", description = "Begin anew over a network that died, without its messages.")
    private boolean isFresh;

    @Option(
            names = "--random-seed",
            paramLabel = "SEED",
            description = "The number that decides the topology, to draw the same one again.")
    private @Nullable Long randomSeed;

    public StartNetwork(Console console) {
        super(console);
    }

    @Override
    protected int run() throws Exception {
        OverlaySpec topologySpec = NetworkPlan.topology(topology);
        SpreadSpec spreadSpec = NetworkPlan.spread(spread);
        NetworkPlan.demandPossible(nodes, basePort, isProcessEach);
        if (isForeground && isProcessEach) {
            throw Failure.usage("--foreground runs all nodes in this one process; --processes asks for many.", "");
        }
        long seed = randomSeed == null ? new SecureRandom().nextInt(RANDOM_SEED_BOUND) : randomSeed;
        TopologyFile picture = plot == null
                ? null
                : TopologyFile.at(plot.isEmpty() ? TopologyFile.nameFor(topologySpec.toString(), nodes) : plot);
        Overlay overlay = NetworkPlan.draw(topologySpec, nodes, seed);
        NetworkDirectory directory = LiveNetwork.directory(console(), networkName());
        try (NetworkLock lock = NetworkLock.take(directory)) {
            demandNotRunning(directory);
            NetworkFile file =
                    NetworkPlan.file(networkName(), overlay, spreadSpec, seed, basePort, isInMemory, isProcessEach);
            Ports.demandFree(
                    file.nodes().stream().map(NetworkFile.Entry::address).toList(),
                    basePort,
                    NetworkDirectory.home(console().environment()));
            List<String> notes = new ArrayList<>();
            if (!overlay.repairNote().isEmpty()) {
                notes.add("Note: " + overlay.repairNote() + ".");
            }
            if (picture != null) {
                List<String> addresses = file.nodes().stream()
                        .map(entry -> entry.address().toString())
                        .toList();
                var written = picture.write(new Topology(topologySpec, overlay.graph(), addresses, seed));
                notes.add("The topology is drawn in " + written);
            }
            NetworkFiles.beginAnew(directory);
            start(directory, file, notes, lock);
        }
        return ExitCode.DONE;
    }

    private void start(NetworkDirectory directory, NetworkFile file, List<String> notes, NetworkLock lock)
            throws Exception {
        long startedNanos = System.nanoTime();
        LiveNetwork.writing(() -> directory.write(file));
        String what = "Starting " + nodes + (nodes == 1 ? " node" : " nodes");
        if (isForeground) {
            HostLog.toFile(directory.log(HostFile.ALL));
            HostOptions options = HostOptions.of(file, HostFile.ALL, List.of(), directory.data());
            new ForegroundHost(directory, options, true).run(() -> {
                lock.close();
                print(ReadyNetwork.report(file, (System.nanoTime() - startedNanos) / 1e6, notes));
                console().err().println("Press Ctrl-C to stop it.");
                console().err().flush();
            });
            return;
        }
        try (Progress progress = progress()) {
            new HostProcesses(directory, file, console().environment())
                    .start(NetworkPlan.hosts(file), what, progress, () -> NetworkFiles.forget(directory));
        }
        print(ReadyNetwork.report(file, (System.nanoTime() - startedNanos) / 1e6, notes));
    }

    private void demandNotRunning(NetworkDirectory directory) {
        boolean isAlive = !LiveNetwork.reading(directory::liveHosts).isEmpty();
        if (isAlive) {
            throw new Failure(
                    ExitCode.TAKEN,
                    "already-running",
                    "The network '" + networkName() + "' is running already.",
                    "Stop it: gossip stop-network" + LiveNetwork.option(networkName())
                            + "; or start another beside it: gossip start-network --network two --base-port 8000");
        }
        if (isFresh) {
            return;
        }
        Optional<LiveNetwork> old = LiveNetwork.find(console(), networkName());
        if (old.isPresent() && old.get().state() == LiveNetwork.State.DIED) {
            throw new Failure(
                    ExitCode.TAKEN,
                    "died",
                    "The network '" + networkName() + "' died, and its messages may still be wanted.",
                    "Bring it back: gossip resume-network" + LiveNetwork.option(networkName())
                            + "; or begin without them: gossip start-network --fresh"
                            + LiveNetwork.option(networkName()));
        }
    }

    /**
     * Takes the file of {@code --plot=FILE} and nothing else: the word after {@code --plot} is a topology, as in
     * {@code start-network --plot random 5}.
     */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> args, CommandSpec commandSpec, ArgSpec argSpec, Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) {
                args.push("");
            }
            return false;
        }
    }
}
