package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.Overlay;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.Overlays;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a network is going to be, checked and drawn before anything is touched. */
final class NetworkPlan {

    /** Nodes listen here and nowhere else. */
    static final String HOST = "127.0.0.1";

    /** More would not be quicker to try out in one place than to simulate. */
    private static final int NODES_MAX = 5_000;

    private static final int PROCESSES_MAX = 200;
    private static final int PORT_MAX = 65_535;
    private static final int RANDOM_DEGREE = 3;

    private NetworkPlan() {}

    /**
     * A topology from the words of the command line: {@code random 3}, {@code random:3}, {@code small-world 4 0.1}.
     *
     * @throws Failure with what was wrong
     */
    static OverlaySpec topology(List<String> words) {
        String spec = String.join(":", words);
        try {
            return OverlaySpec.parse(spec.isEmpty() || spec.equals("random") ? "random:" + RANDOM_DEGREE : spec);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".", "");
        }
    }

    static SpreadSpec spread(String text) {
        try {
            return SpreadSpec.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".", "");
        }
    }

    /** Refuses numbers of nodes and ports that cannot be. */
    static void demandPossible(int nodes, int basePort, boolean isProcessEach) {
        demandPossible(nodes, basePort, isProcessEach, "--base-port 7000");
    }

    /** The same, with a proposal of an option where ports do not fit. */
    static void demandPossible(int nodes, int basePort, boolean isProcessEach, String proposal) {
        if (nodes < 1) {
            throw Failure.usage("A network needs at least 1 node, not " + nodes + ".", "");
        }
        int limit = isProcessEach ? PROCESSES_MAX : NODES_MAX;
        if (nodes > limit) {
            throw Failure.usage(
                    nodes + " nodes are too many for one machine; the limit is " + limit
                            + (isProcessEach ? " processes." : "."),
                    isProcessEach
                            ? "Without --processes there can be " + NODES_MAX + "."
                            : "The simulator takes a million: gossip simulate --nodes " + nodes);
        }
        if (basePort < 0 || basePort + nodes > PORT_MAX) {
            throw Failure.usage(
                    nodes + " nodes do not fit above base port " + basePort + "; ports are 1 to " + PORT_MAX + ".",
                    "Choose a lower one: " + proposal);
        }
    }

    /** Draws the overlay. */
    static Overlay draw(OverlaySpec topology, int nodes, long randomSeed) {
        try {
            return Overlays.build(topology, nodes, new Random64(randomSeed));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(Sentences.of(e), "Change the topology, or how many nodes there are.");
        }
    }

    /** The description of a network that is about to start. */
    static NetworkFile file(
            String name,
            Overlay overlay,
            SpreadSpec spread,
            long randomSeed,
            int basePort,
            boolean isInMemory,
            boolean isProcessEach) {
        Graph graph = overlay.graph();
        List<NetworkFile.Entry> entries = new ArrayList<>(graph.nodes());
        for (int node = 0; node < graph.nodes(); node++) {
            List<Integer> neighbours = new ArrayList<>(graph.degree(node));
            for (int i = 0; i < graph.degree(node); i++) {
                neighbours.add(graph.neighbour(node, i) + 1);
            }
            entries.add(new NetworkFile.Entry(
                    NodeName.of(node + 1), new NodeId(HOST, basePort + node + 1), neighbours, false));
        }
        return new NetworkFile(
                NetworkFile.VERSION,
                name,
                overlay.spec().toString(),
                spread.toString(),
                randomSeed,
                basePort,
                HOST,
                entries,
                isInMemory,
                isProcessEach,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                NetworkFile.State.RUNNING,
                null,
                false,
                0);
    }

    /** The names of the hosts that run a network, and of the process that shows it beside them if there is to be one. */
    static List<String> hosts(NetworkFile file) {
        if (!file.processes()) {
            return List.of(HostFile.ALL);
        }
        return Stream.concat(
                        file.present().stream().map(entry -> entry.node().toString()),
                        file.dashboard().stream().map(listener -> HostFile.DASHBOARD))
                .toList();
    }
}
