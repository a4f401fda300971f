package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.cli.launch.RecordOption;
import dev.hearsay.cli.plot.Topology;
import dev.hearsay.cli.plot.TopologyFile;
import dev.hearsay.cli.seeded.PeerOptions;
import dev.hearsay.cli.seeded.SeedOptions;
import dev.hearsay.cli.seeded.SeededOptions;
import dev.hearsay.core.overlay.Overlay;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.security.SecureRandom;
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
        name = "start-network",
        description = "Start a network on this machine, of nodes or of seeds and peers; returns when all are ready.")
@Manual(
        examples = {
            "gossip start-network # 16 nodes on ports 7001 to 7016, each with 3 random neighbours",
            "gossip start-network --dashboard # the same, shown in the browser too, on http://127.0.0.1:8080",
            "gossip start-network --plot # the same, with a picture of its topology",
            "gossip start-network random 5 # 5 neighbours each",
            "gossip start-network circular --num-nodes=32",
            "gossip start-network small-world 4 0.1 --num-nodes=100 --plot=world.png",
            "gossip start-network --processes # every node a process of its own",
            "gossip start-network --seeds 3 --peers 5 # seeds decide who is a member; seeds from 6000, peers from 7000",
            "gossip start-network --record run.jsonl.gz # with all that happens written down, for gossip replay",
            "gossip start-network --seeds 4 --profile classic --dir run"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN, ExitCode.INTERRUPTED})
public final class StartNetwork extends NetworkCommand {

    private static final int RANDOM_SEED_BOUND = 1_000_000_000;
    private static final int USUAL_SEEDS = 3;
    private static final int USUAL_PEERS = 5;

    /** Topologies that are none without their numbers. */
    private static final List<String> NUMBERED = List.of("small-world", "scale-free");

    /** What is decided by seeds and not by the person who starts the network, or means nothing to them. */
    private static final List<String> WITHOUT_SEEDS =
            List.of("--num-nodes", "--spread", "--plot", "--processes", "--random-seed");

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
            description = "Node i listens on this port + i; with seeds, peer i on this port + i - 1 (default: 7000).")
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

    @Option(
            names = "--fresh",
            description =
                    "Begin anew: keep nothing of an earlier network, not even of one that died; config.txt is written anew.")
    private boolean isFresh;

    @Option(
            names = "--random-seed",
            paramLabel = "SEED",
            description = "The number that decides the topology, to draw the same one again.")
    private @Nullable Long randomSeed;

    @Option(
            names = "--seeds",
            paramLabel = "S",
            description = "Let S seeds decide who is a member (3 if only --peers is given).")
    private @Nullable Integer seeds;

    @Option(names = "--peers", paramLabel = "P", description = "How many peers a network with seeds has (default: 5).")
    private @Nullable Integer peers;

    @Option(
            names = "--seed-base-port",
            paramLabel = "PORT",
            defaultValue = "6000",
            description = "Seed i listens on this port + i - 1 (default: ${DEFAULT-VALUE}).")
    private int seedBasePort;

    @Option(names = "--in-process", description = "Run seeds and peers in one process, rather than one each.")
    private boolean isInProcess;

    @Mixin
    private DashboardOption dashboardOption;

    @Mixin
    private RecordOption recordOption;

    @Mixin
    private SeededOptions seededOptions;

    @Mixin
    private PeerOptions peerOptions;

    @Mixin
    private SeedOptions seedOptions;

    @Spec
    private CommandSpec spec;

    public StartNetwork(Console console) {
        super(console);
    }

    @Override
    protected int run() throws Exception {
        if (isGiven("--seeds") || isGiven("--peers") || ((seeds != null || peers != null) && !asksForNoSeeds())) {
            runWithSeeds();
        } else {
            runWithoutSeeds();
        }
        return ExitCode.DONE;
    }

    @Override
    public void demandKnownWords() {
        // Which numbers a topology takes is what the help tells.
        if (topology.size() > 1 || (!topology.isEmpty() && !NUMBERED.contains(topology.getFirst()))) {
            NetworkPlan.topology(topology);
        }
    }

    /** Whether words of the command line mean a network without seeds: they win over settings that mean one with seeds. */
    private boolean asksForNoSeeds() {
        return !topology.isEmpty() || WITHOUT_SEEDS.stream().anyMatch(this::isGiven);
    }

    private void runWithSeeds() throws Exception {
        if (!topology.isEmpty()) {
            throw Failure.usage(
                    "With seeds the peers draw their neighbours themselves, so no topology can be given, such as '"
                            + String.join(" ", topology) + "'.",
                    "How many they draw: --neighbors K");
        }
        for (String option : WITHOUT_SEEDS) {
            if (isGiven(option)) {
                throw Failure.usage(
                        option + " is for networks without seeds, so it cannot be combined with --seeds or --peers.",
                        "");
            }
        }
        var wish = new SeededStart.Wish(
                seeds == null ? USUAL_SEEDS : seeds,
                seedBasePort,
                peers == null ? USUAL_PEERS : peers,
                basePort,
                isInMemory,
                isInProcess,
                isForeground,
                isFresh,
                dashboardOption.port(),
                recordOption.file());
        NetworkDirectory directory = LiveNetwork.directory(console(), networkName());
        new SeededStart(console(), directory, progress(), this::print)
                .run(wish, seededOptions.files(), seededOptions.settings(peerOptions, seedOptions));
    }

    /** Whether an option is on the command line itself; the environment may set options for networks of both kinds. */
    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void demandNothingOfSeeds() {
        List<String> options = new ArrayList<>(List.of("--seed-base-port", "--in-process"));
        for (CommandSpec mixin : spec.mixins().values()) {
            if (mixin.userObject() instanceof DashboardOption || mixin.userObject() instanceof RecordOption) {
                continue;
            }
            mixin.options().forEach(option -> options.add(option.longestName()));
        }
        for (String option : options) {
            if (isGiven(option)) {
                throw Failure.usage(
                        option + " is for networks with seeds.", "Ask for one with --seeds S or --peers P.");
            }
        }
    }

    private void runWithoutSeeds() throws Exception {
        demandNothingOfSeeds();
        OverlaySpec topologySpec = NetworkPlan.topology(topology);
        SpreadSpec spreadSpec = NetworkPlan.spread(spread);
        NetworkPlan.demandPossible(nodes, basePort, isProcessEach);
        if (isForeground && isProcessEach) {
            throw Failure.usage("--foreground runs all nodes in this one process; --processes asks for many.", "");
        }
        long seed = randomSeed == null ? new SecureRandom().nextInt(RANDOM_SEED_BOUND) : randomSeed;
        TopologyFile picture = plot == null
                ? null
                : plot.isEmpty() ? TopologyFile.of(topologySpec.toString(), nodes) : TopologyFile.named(plot);
        Overlay overlay = NetworkPlan.draw(topologySpec, nodes, seed);
        NetworkDirectory directory = LiveNetwork.directory(console(), networkName());
        Launch launch = new Launch(console(), directory, recordOption.file());
        try (NetworkLock lock = NetworkLock.take(directory)) {
            launch.demandNotRunning(isFresh);
            NetworkFile file = dashboardOption.applyTo(
                    NetworkPlan.file(networkName(), overlay, spreadSpec, seed, basePort, isInMemory, isProcessEach));
            DashboardOption.demandPossible(file);
            Ports.demandFree(
                    file.nodes().stream().map(NetworkFile.Entry::address).toList(),
                    basePort,
                    "--base-port",
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
            notes.addAll(NetworkFiles.beginAnew(directory, isFresh, List.of()));
            if (isForeground) {
                launch.run(file, lock, (host, millis) -> print(ReadyNetwork.report(file, millis, notes)));
            } else {
                String what = "Starting " + nodes + (nodes == 1 ? " node" : " nodes");
                print(ReadyNetwork.report(file, launch.start(file, what, progress()), notes));
            }
        }
    }
}
