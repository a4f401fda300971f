package dev.hearsay.core.membership;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.TestSha256;
import dev.hearsay.core.Timer;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.Seed;
import dev.hearsay.core.node.SeedSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Seeds and peers on one queue of events: enough of a network to watch them decide. */
final class SeededNetwork {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    record Event(long atNanos, long order, NodeId to, Input input, long life) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(order, other.order);
        }
    }

    record Told(long atNanos, NodeId by, Signal signal) {}

    private final Random64 random;
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final Map<NodeId, Machine> machines = new LinkedHashMap<>();
    private final Map<NodeId, List<Fact>> disks = new HashMap<>();
    private final Map<NodeId, Long> lives = new HashMap<>();
    private final Map<NodeId, Long> pausedUntil = new HashMap<>();
    private final Map<NodeId, TestSignatures> keys = new HashMap<>();
    final Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
    final List<Told> told = new ArrayList<>();
    BiPredicate<NodeId, NodeId> isCut = (from, to) -> false;
    int lossPercent;
    long nowNanos;
    private long order;

    SeededNetwork(long randomSeed, int seedCount) {
        random = new Random64(randomSeed);
        for (int i = 0; i < seedCount; i++) {
            seeds.put(seed(i), keysOf(seed(i)).publicKey());
        }
    }

    static NodeId seed(int index) {
        return new NodeId("seed", 6000 + index);
    }

    static NodeId peer(int index) {
        return new NodeId("peer", 7000 + index);
    }

    TestSignatures keysOf(NodeId node) {
        return keys.computeIfAbsent(node, n -> new TestSignatures(n.hashCode() * 31L + 7));
    }

    void startSeed(int index) {
        NodeId id = seed(index);
        start(new Seed(SeedSpec.of(seeds), id, context(id), remembered(id)));
    }

    void startPeer(int index, NodeSpec spec) {
        NodeId id = peer(index);
        start(new Node(spec, id, List.of(id), List.of(), context(id), remembered(id)));
    }

    private List<Fact> remembered(NodeId id) {
        return new ArrayList<>(disks.computeIfAbsent(id, i -> new ArrayList<>()));
    }

    void start(Machine machine) {
        machines.put(machine.self(), machine);
        lives.merge(machine.self(), 1L, Long::sum);
        machine.step(nowNanos, new Input.Started(), new Out(machine.self()));
    }

    void kill(NodeId id) {
        machines.remove(id);
        lives.merge(id, 1L, Long::sum);
    }

    void pause(NodeId id, long untilNanos) {
        pausedUntil.put(id, untilNanos);
    }

    Seed seedAt(int index) {
        return (Seed) machines.get(seed(index));
    }

    Node peerAt(int index) {
        return (Node) machines.get(peer(index));
    }

    /** Gives a message to a node as if another had sent it. */
    void inject(NodeId from, NodeId to, Message message) {
        push(nowNanos, to, new Input.Received(from, message));
    }

    void run(long nanos) {
        long end = nowNanos + nanos;
        while (!queue.isEmpty() && queue.peek().atNanos() <= end) {
            Event event = queue.poll();
            nowNanos = event.atNanos();
            Machine machine = machines.get(event.to());
            boolean isOfThisLife = event.life() == lives.getOrDefault(event.to(), 0L);
            if (machine == null || !(isOfThisLife || event.input() instanceof Input.Received)) {
                continue;
            }
            long paused = pausedUntil.getOrDefault(event.to(), 0L);
            if (paused > nowNanos) {
                queue.add(new Event(paused, event.order(), event.to(), event.input(), event.life()));
                continue;
            }
            machine.step(nowNanos, event.input(), new Out(event.to()));
        }
        nowNanos = end;
    }

    private void push(long atNanos, NodeId to, Input input) {
        queue.add(new Event(atNanos, order++, to, input, lives.getOrDefault(to, 0L)));
    }

    <T extends Signal> List<T> told(Class<T> kind) {
        return told.stream()
                .map(Told::signal)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private final class Out implements Effects {
        private final NodeId self;

        Out(NodeId self) {
            this.self = self;
        }

        @Override
        public void send(NodeId to, Message message) {
            if (!isCut.test(self, to) && random.nextInt(100) >= lossPercent) {
                push(nowNanos + MILLI + random.nextLong(10 * MILLI), to, new Input.Received(self, message));
            }
        }

        @Override
        public void after(long delayNanos, Timer timer) {
            push(nowNanos + delayNanos, self, new Input.Fired(timer));
        }

        @Override
        public void save(Fact fact) {
            disks.computeIfAbsent(self, i -> new ArrayList<>()).add(fact);
        }

        @Override
        public void tell(Signal signal) {
            told.add(new Told(nowNanos, self, signal));
        }
    }

    private Context context(NodeId id) {
        Random64 own = random.split(id.hashCode() + lives.getOrDefault(id, 0L) * 1_000_003);
        return new Context() {
            @Override
            public Random64 random() {
                return own;
            }

            @Override
            public Sha256 sha256() {
                return TestSha256.JDK;
            }

            @Override
            public Signatures signatures() {
                return keysOf(id);
            }

            @Override
            public long wallMicros() {
                return nowNanos / 1000;
            }
        };
    }

    /** Signatures that nobody can make without the secret, as long as nobody here inverts SHA-256. */
    static final class TestSignatures implements Signatures {
        private static final Map<PublicKey, Long> SECRETS = new java.util.concurrent.ConcurrentHashMap<>();

        private final long secret;
        private final PublicKey publicKey;

        TestSignatures(long secret) {
            this.secret = secret;
            this.publicKey = PublicKey.of(digest(secret, new byte[0]));
            SECRETS.put(publicKey, secret);
        }

        private static byte[] digest(long secret, byte[] content) {
            byte[] both = java.nio.ByteBuffer.allocate(8 + content.length)
                    .putLong(secret)
                    .put(content)
                    .array();
            return TestSha256.JDK.of(both);
        }

        @Override
        public PublicKey publicKey() {
            return publicKey;
        }

        @Override
        public Signature sign(byte[] content) {
            return Signature.of(java.util.Arrays.copyOf(digest(secret, content), Signature.BYTES));
        }

        @Override
        public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
            Long known = SECRETS.get(signer);
            return known != null && new TestSignatures(known).sign(content).equals(signature);
        }
    }
}
