package dev.hearsay.sim;

import dev.hearsay.core.Context;
import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.Overlay;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.Spreading;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The nodes, which of them are up, and in which of their lives. */
final class Hosts {

    /** So that a simulated wall clock shows a plausible date. */
    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;

    private static final long NANOS_PER_MICRO = 1000;
    private static final long RELAY_NANOS = 100_000_000L;
    private static final int SUSPECT_AFTER = 2;
    private static final int SILENT_AFTER = 5;
    private static final Sha256 HASH = new FastHash();

    private final NodeSpec spec;
    private final Graph graph;
    private final NodeId[] ids;
    private final List<NodeId> members;
    private final Random64 random;
    private final LongSupplier clock;
    private final @Nullable Node[] nodes;
    private final boolean[] paused;
    private final int[] lives;
    private final long @Nullable [] clockBases;
    private final long @Nullable [] skewMicros;
    private int up;

    Hosts(SimulationSpec simulation, Overlay overlay, Random64 random, LongSupplier clock) {
        this.spec = nodeSpec(simulation);
        this.graph = overlay.graph();
        this.random = random;
        this.clock = clock;
        int count = simulation.nodes();
        ids = new NodeId[count];
        Arrays.setAll(ids, i -> new NodeId("sim", i));
        members = new Members(ids);
        nodes = new @Nullable Node[count];
        paused = new boolean[count];
        lives = new int[count];
        // Where nodes can be told apart by their clocks, each has its own idea of the time, as machines have.
        boolean hasOwnClocks = !simulation.faults().isEmpty();
        clockBases = hasOwnClocks ? new long[count] : null;
        skewMicros = hasOwnClocks ? new long[count] : null;
    }

    private static NodeSpec nodeSpec(SimulationSpec simulation) {
        SimulationSpec.Protocol protocol = simulation.protocol();
        long antiEntropyNanos = protocol.antiEntropyNanos();
        Retention usual = Retention.DEFAULT;
        return new NodeSpec(
                new NodeSpec.Membership.Static(),
                new Spreading.Settings(
                        protocol.spread(),
                        simulation.publishing().relays(),
                        RELAY_NANOS,
                        protocol.tracePaths(),
                        Math.max(1, simulation.publishing().payloadBytes())),
                new Retention(usual.ageNanos(), protocol.retain(), usual.bytes()),
                antiEntropyNanos == 0 ? null : new AntiEntropy.Settings(antiEntropyNanos, antiEntropyNanos / 2),
                protocol.heartbeatNanos() == 0
                        ? null
                        : new Heartbeats.Settings(protocol.heartbeatNanos(), SUSPECT_AFTER, SILENT_AFTER));
    }

    int count() {
        return ids.length;
    }

    /** How many are up, paused ones included. */
    int up() {
        return up;
    }

    NodeId id(int node) {
        return ids[node];
    }

    /** The number of a node of this network. */
    int number(NodeId id) {
        int number = id.port();
        if (number >= ids.length || !ids[number].equals(id)) {
            throw new BrokenLaw("there is no node " + id);
        }
        return number;
    }

    boolean isUp(int node) {
        return nodes[node] != null;
    }

    boolean isRunning(int node) {
        return nodes[node] != null && !paused[node];
    }

    boolean isPaused(int node) {
        return paused[node];
    }

    @Nullable
    Node find(int node) {
        return nodes[node];
    }

    Node node(int node) {
        Node found = nodes[node];
        if (found == null) {
            throw new IllegalStateException("node " + node + " is down");
        }
        return found;
    }

    /** See {@link Node#touch}. */
    int touch(int node) {
        Node found = node < 0 ? null : nodes[node];
        return found == null ? 0 : found.touch();
    }

    List<NodeId> neighboursAtStart(int node) {
        return graph.neighbours(node, members);
    }

    int life(int node) {
        return lives[node];
    }

    /** The numbers of the nodes that are up and not paused. */
    int[] running() {
        int[] running = new int[ids.length];
        int size = 0;
        for (int i = 0; i < ids.length; i++) {
            if (isRunning(i)) {
                running[size++] = i;
            }
        }
        return Arrays.copyOf(running, size);
    }

    /** Gives a node a life; the caller feeds it {@code Started}. */
    void boot(int number, List<Fact> remembered) {
        int life = lives[number];
        Random64 own = random.split(number);
        if (life > 0) {
            own = own.split(life);
        }
        if (clockBases != null) {
            clockBases[number] = own.split(0).nextLong() >> 20;
        }
        NodeId id = ids[number];
        Context context = new HostContext(this, number, own);
        nodes[number] = new Node(spec, id, members, neighboursAtStart(number), context, remembered);
        up++;
    }

    void crash(int number) {
        nodes[number] = null;
        paused[number] = false;
        lives[number]++;
        up--;
    }

    void pause(int number, boolean isPaused) {
        paused[number] = isPaused;
    }

    void skew(int number, long micros) {
        if (skewMicros != null) {
            skewMicros[number] = micros;
        }
    }

    /** The monotonic clock of a node: only its differences mean anything. */
    long nanos(int number) {
        long now = clock.getAsLong();
        return clockBases == null ? now : now + clockBases[number];
    }

    private long wallMicros(int number) {
        long micros = EPOCH_MICROS + clock.getAsLong() / NANOS_PER_MICRO;
        return skewMicros == null ? micros : micros + skewMicros[number];
    }

    /** All nodes, shared by all nodes; knows at once whether somebody is a member. */
    private static final class Members extends AbstractList<NodeId> implements RandomAccess {
        private final NodeId[] ids;

        Members(NodeId[] ids) {
            this.ids = ids;
        }

        @Override
        public NodeId get(int index) {
            return ids[index];
        }

        @Override
        public int size() {
            return ids.length;
        }

        @Override
        public boolean contains(@Nullable Object object) {
            return object instanceof NodeId id && id.port() < ids.length && ids[id.port()].equals(id);
        }
    }

    private record HostContext(Hosts hosts, int number, Random64 random) implements Context {
        @Override
        public Sha256 sha256() {
            return HASH;
        }

        @Override
        public long wallMicros() {
            return hosts.wallMicros(number);
        }
    }
}
