package dev.hearsay.sim;

import dev.hearsay.core.Context;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Machine;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Suspicions;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.Seed;
import dev.hearsay.core.node.SeedSpec;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.Overlay;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, which of them are up, and in which of their lives. In a network with seeds the nodes are its peers, 0 … n - 1, and the seeds have the
 * numbers from there on.
 */
final class Hosts {

    /** So that a simulated wall clock shows a plausible date. */
    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;

    private static final long NANOS_PER_MICRO = 1000;
    private static final long RELAY_NANOS = 100_000_000L;
    static final int SUSPECT_AFTER = 2;
    private static final int SILENT_AFTER = 5;
    static final Sha256 HASH = new FastHash();

    private final SimulationSpec simulation;
    private final Graph graph;
    private final int count;
    private final NodeId[] ids;
    private final List<NodeId> members;
    private final Random64 random;
    private final LongSupplier clock;
    private final @Nullable Keyring keyring;
    private final @Nullable Machine[] machines;
    private final boolean[] paused;
    private final int[] lives;
    private final long @Nullable [] clockBases;
    private final long @Nullable [] skewMicros;
    /** How many seeds the configuration had when each began its life. */
    private final int[] configured;

    private int seedsInConfiguration;
    private NodeSpec nodeSpec;
    private SeedSpec seedSpec;
    private int up;
    private int upSeeds;

    Hosts(SimulationSpec simulation, Overlay overlay, @Nullable Keyring keyring, Random64 random, LongSupplier clock) {
        this.simulation = simulation;
        this.keyring = keyring;
        this.graph = overlay.graph();
        this.random = random;
        this.clock = clock;
        this.count = simulation.nodes();
        int all = count + simulation.seeds();
        ids = new NodeId[all];
        Arrays.setAll(ids, i -> i < count ? new NodeId("sim", i) : new NodeId("seed", i - count));
        members = new Members(ids);
        machines = new @Nullable Machine[all];
        paused = new boolean[all];
        lives = new int[all];
        configured = new int[keyring == null ? 0 : all];
        seedsInConfiguration = simulation.seeds();
        seedSpec = seedSpec();
        nodeSpec = nodeSpec(simulation, seedSpec.seeds());
        // Where nodes can be told apart by their clocks, each has its own idea of the time, as machines have.
        boolean hasOwnClocks = !simulation.faults().isEmpty() || keyring != null;
        clockBases = hasOwnClocks ? new long[all] : null;
        skewMicros = hasOwnClocks ? new long[all] : null;
    }

    /** All simulated peers are on one host, so there is no limit to how many a host may have. */
    private SeedSpec seedSpec() {
        SeedSpec usual = SeedSpec.of(seedKeys());
        Admission.Rules open = usual.admission();
        Admission.Rules rules = new Admission.Rules(0, 0, open.requestsPerHost(), open.refillNanos(), open.secret());
        return new SeedSpec(usual.seeds(), usual.voting(), rules, usual.syncNanos());
    }

    private Map<NodeId, @Nullable PublicKey> seedKeys() {
        Map<NodeId, @Nullable PublicKey> keys = new LinkedHashMap<>();
        for (int seed = 0; seed < seedsInConfiguration; seed++) {
            keys.put(ids[count + seed], keys(count + seed).publicKey());
        }
        return keys;
    }

    /** The first so many seeds are in the configuration of all who start from now on. */
    void configure(int seeds) {
        seedsInConfiguration = seeds;
        seedSpec = seedSpec();
        nodeSpec = nodeSpec(simulation, seedSpec.seeds());
    }

    /** Whether this is a node, or a seed of the present configuration. */
    boolean isConfigured(int number) {
        return number < count + seedsInConfiguration;
    }

    /** How many seeds a machine knows. */
    int configuredSeeds(int number) {
        return configured[number];
    }

    /** The key pair of a machine of a network with seeds. */
    Signatures keys(int number) {
        if (keyring == null) {
            throw new IllegalStateException("nodes of a static network sign nothing");
        }
        return keyring.keys(number);
    }

    private static NodeSpec.Membership membership(SimulationSpec simulation, Map<NodeId, @Nullable PublicKey> seeds) {
        return simulation.topology() instanceof OverlaySpec.PowerLaw(double alpha, int picks) && !seeds.isEmpty()
                ? new NodeSpec.Membership.Seeded(
                        seeds,
                        Registration.Settings.DEFAULT,
                        new PowerLawDraw.Settings(alpha, picks),
                        Suspicions.Settings.DEFAULT,
                        null)
                : new NodeSpec.Membership.Static();
    }

    private static NodeSpec nodeSpec(SimulationSpec simulation, Map<NodeId, @Nullable PublicKey> seeds) {
        SimulationSpec.Protocol protocol = simulation.protocol();
        long antiEntropyNanos = protocol.antiEntropyNanos();
        Retention usual = Retention.DEFAULT;
        return new NodeSpec(
                membership(simulation, seeds),
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
                        : new Heartbeats.Settings(protocol.heartbeatNanos(), SUSPECT_AFTER, SILENT_AFTER),
                Commit.Settings.DEFAULT,
                State.Settings.DEFAULT);
    }

    /** How many nodes there are, seeds not among them. */
    int count() {
        return count;
    }

    /** Whether everybody is a member from the start. */
    boolean isStatic() {
        return keyring == null;
    }

    /** How many nodes and seeds there are. */
    int all() {
        return ids.length;
    }

    /** How many nodes are up, paused ones included. */
    int up() {
        return up;
    }

    /** Whether so many seeds are up that they can decide anything. */
    boolean hasQuorum() {
        return 2 * upSeeds > seedsInConfiguration;
    }

    NodeId id(int node) {
        return ids[node];
    }

    /** The number of a node or seed of this network; -1 if it is none, as only enemies make some up. */
    int number(NodeId id) {
        int number = id.port();
        if (number < count && ids[number].equals(id)) {
            return number;
        }
        if (keyring == null && !simulation.hasStranger()) {
            throw new BrokenInvariant("there is no node " + id);
        }
        number += count;
        return number < ids.length && ids[number].equals(id) ? number : -1;
    }

    boolean isUp(int node) {
        return machines[node] != null;
    }

    boolean isRunning(int node) {
        return machines[node] != null && !paused[node];
    }

    boolean isPaused(int node) {
        return paused[node];
    }

    /** A node, not a seed; null if it is down. */
    @Nullable
    Node find(int node) {
        return (Node) machines[node];
    }

    Node node(int node) {
        return (Node) machine(node);
    }

    Seed seed(int number) {
        return (Seed) machine(number);
    }

    Machine machine(int number) {
        Machine found = machines[number];
        if (found == null) {
            throw new IllegalStateException(ids[number] + " is down");
        }
        return found;
    }

    /** See {@link Node#touch}. */
    int touch(int node) {
        return node >= 0 && machines[node] instanceof Node found ? found.touch() : 0;
    }

    List<NodeId> neighboursAtStart(int node) {
        return graph.neighbours(node, members);
    }

    int life(int node) {
        return lives[node];
    }

    /** The numbers of the nodes and seeds that are up and not paused. */
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
        if (keyring != null) {
            configured[number] = seedsInConfiguration;
        }
        if (number < count) {
            machines[number] = new Node(nodeSpec, id, members, neighboursAtStart(number), context, remembered);
            up++;
        } else {
            machines[number] = new Seed(seedSpec, id, context, remembered);
            upSeeds++;
        }
    }

    void crash(int number) {
        machines[number] = null;
        paused[number] = false;
        lives[number]++;
        if (number < count) {
            up--;
        } else {
            upSeeds--;
        }
    }

    void pause(int number, boolean isPaused) {
        paused[number] = isPaused;
    }

    void skew(int number, long micros) {
        if (skewMicros != null) {
            skewMicros[number] = micros;
        }
    }

    /** Whether a node's wall clock is so nearly right that all others whose clocks are believe what it writes. */
    boolean isClockRight(int number) {
        return skewMicros == null || Math.abs(skewMicros[number]) <= State.Settings.DEFAULT.clockSkewMicros() / 3;
    }

    /** The monotonic clock of a node: only its differences mean anything. */
    long nanos(int number) {
        long now = clock.getAsLong();
        return clockBases == null ? now : now + clockBases[number];
    }

    long wallMicros(int number) {
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

        @Override
        public Signatures signatures() {
            return hosts.keys(number);
        }
    }
}
