package dev.hearsay.live.host;

import dev.hearsay.core.Draw;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.live.host.HostException.Code;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.memory.Payloads;
import dev.hearsay.live.node.LiveContext;
import dev.hearsay.live.node.MachineSpec;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.NodeSetup;
import dev.hearsay.live.node.WallClock;
import dev.hearsay.live.recording.Beginning;
import dev.hearsay.live.recording.Recorder;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import dev.hearsay.live.transport.Transport;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the next life of a node: from what its store remembers, its machine, its key and its random seed. */
final class NodeFactory {

    /** About what a short message takes of memory. */
    private static final long RUMOR_BYTES = 400;

    /** Of what there is beside large payloads; the rest is for keys and origins. */
    private static final long RUMORS_PERCENT = 75;

    private static final int RUMORS_MIN = 256;

    /** So much a node may always have beside large payloads; what it knows of a thousand origins is more than half of it. */
    private static final long OVERHEAD_BYTES_MIN = 512 << 10;

    /** What it may come to before the oldest are forgotten, an eighth more, and what a message needs then. */
    private static final long OVERHEAD_BYTES_FULL = 585 << 10;

    /** The budget gives a quarter of the heap to overhead. */
    private static final int HEAP_PER_OVERHEAD = 4;

    /** Changes nothing. What a node remembers is empty only if it keeps nothing; one whose store is empty may have lost it, and listens to what others say. */
    private static final List<Fact> KEPT_NOTHING = List.of(new RumorProtocol.Read(List.of()));

    private final HostOptions options;
    private final Transport transport;
    private final Store store;
    private final WallClock clock;
    private final Recorder recorder;
    private final Payloads payloads;
    private final NodeSpec spec;
    private final Consumer<String> notices;
    private final SecureRandom secureRandom = new SecureRandom();
    private volatile List<NodeId> members;

    /**
     * For the nodes of one host.
     *
     * @param notices hears what people should be told, one sentence each
     */
    NodeFactory(
            HostOptions options,
            Transport transport,
            Store store,
            WallClock clock,
            Recorder recorder,
            Consumer<String> notices) {
        this.options = options;
        this.transport = transport;
        this.store = store;
        this.clock = clock;
        this.recorder = recorder;
        this.notices = notices;
        this.members = options.members();
        this.payloads = new Payloads(options.memory().payloads(), store.isDurable());
        int gossiping = (int) options.nodes().stream()
                .filter(member -> !member.node().isSeed())
                .count();
        this.spec = fitting(options, gossiping, store.isDurable());
        sayWhetherAllFit(gossiping);
        store.listen(payloads);
    }

    /** A node was added to a static network: those that begin from now on know it. */
    synchronized void admit(NodeId member) {
        members = with(member);
    }

    /** A node was taken out of a static network: those that begin from now on do not know it. */
    synchronized void dismiss(NodeId member) {
        members = Draw.others(members, member);
    }

    /** A driver that does nothing yet. */
    NodeDriver begin(LiveNode node) throws HostException {
        List<Fact> remembered = load(node);
        if (options.isControlled()) {
            // Such a host is told of every change; what a node remembers may be older than a change that it was not
            // there for.
            remembered =
                    remembered.stream().filter(fact -> !isAboutMembers(fact)).toList();
        }
        MachineSpec spec = machine(node);
        if (remembered.isEmpty() && store.isDurable() && spec instanceof MachineSpec.Gossiping) {
            remembered = KEPT_NOTHING;
        }
        Signatures keys = keys(node);
        int life = node.nextLife();
        long randomSeed = randomSeed(node, life);
        NodeSetup setup = new NodeSetup(
                node.number(),
                node.address(),
                spec,
                node.loop(),
                transport,
                store,
                clock,
                keys,
                randomSeed,
                recorder.begin(beginning(node, life, spec, randomSeed, keys, remembered)),
                options.memory(),
                payloads);
        try {
            return new NodeDriver(setup, remembered, node.ring(), node);
        } catch (IllegalArgumentException e) {
            setup.journal().end();
            throw new HostException(Code.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** What its store has kept, without what the disk has spoilt: a rumor's id is the hash of its content. */
    private List<Fact> load(LiveNode node) throws HostException {
        Sha256 sha256 = LiveContext.newSha256();
        AtomicInteger damaged = new AtomicInteger();
        Store.Wanted wanted = new Store.Wanted() {
            @Override
            public boolean isSound(Rumor rumor) {
                boolean isSound = rumor.isGenuine(sha256);
                damaged.addAndGet(isSound ? 0 : 1);
                return isSound;
            }

            @Override
            public int rumorsMax() {
                return spec.retention().rumors();
            }
        };
        try {
            List<Fact> facts = store.load(node.address(), wanted);
            if (damaged.get() > 0) {
                notices.accept(damaged + " messages in the store of " + Host.called(node.name())
                        + " are damaged; they will be fetched from other nodes");
            }
            return facts;
        } catch (StoreException e) {
            throw new HostException(Code.STORE, String.valueOf(e.getMessage()), e);
        }
    }

    /** As many messages as there is memory for, of all nodes of this process; without a store also no more bytes, and some are left for keys. */
    private static NodeSpec fitting(HostOptions options, int gossiping, boolean isDurable) {
        long share = options.memory().overhead().max() / Math.max(1, gossiping);
        long overhead = share * RUMORS_PERCENT / 100;
        long bytes = isDurable
                ? Long.MAX_VALUE
                : Math.max(1, options.memory().payloads().max() * RUMORS_PERCENT / 100);
        Retention kept = options.spec().retention();
        return options.spec()
                .with(new Retention(
                        kept.ageNanos(),
                        (int) Math.min(kept.rumors(), Math.max(RUMORS_MIN, overhead / RUMOR_BYTES)),
                        Math.min(kept.bytes(), bytes),
                        Math.min(kept.overheadBytes(), Math.max(OVERHEAD_BYTES_MIN, overhead))));
    }

    private void sayWhetherAllFit(int gossiping) {
        long max = options.memory().overhead().max();
        if (gossiping > 1 && gossiping * OVERHEAD_BYTES_FULL > max) {
            long heap = ((HEAP_PER_OVERHEAD * OVERHEAD_BYTES_FULL * gossiping) >> 20) + 1;
            long fitting = max / OVERHEAD_BYTES_FULL;
            notices.accept("this process has memory for " + fitting + (fitting == 1 ? " node" : " nodes")
                    + ", and runs " + gossiping
                    + ": once many messages have come it takes no more of them for up to a day; GOSSIP_JAVA_OPTS=-Xmx"
                    + heap + "m gives it enough");
        }
    }

    private static Beginning beginning(
            LiveNode node,
            int life,
            MachineSpec machine,
            long randomSeed,
            @Nullable Signatures keys,
            List<Fact> remembered) {
        String name = node.name().toString();
        PublicKey key = keys == null ? null : keys.publicKey();
        return switch (machine) {
            case MachineSpec.Gossiping(NodeSpec spec, List<NodeId> members, List<NodeId> neighbours) ->
                new Beginning(node.address(), life, name, spec, members, neighbours, null, randomSeed, key, remembered);
            case MachineSpec.Deciding(SeedSpec spec) ->
                new Beginning(
                        node.address(), life, name, null, List.of(), List.of(), spec, randomSeed, key, remembered);
        };
    }

    private MachineSpec machine(LiveNode node) {
        if (options.seeding() == null) {
            return new MachineSpec.Gossiping(
                    spec, with(node.address()), node.member().neighbours());
        }
        return node.name().isSeed()
                ? new MachineSpec.Deciding(
                        options.seeding().settings().seeds(options.seeding().config()))
                : new MachineSpec.Gossiping(spec, List.of(), List.of());
    }

    private @Nullable Signatures keys(LiveNode node) throws HostException {
        if (options.seeding() == null) {
            return null;
        }
        try {
            return KeyFile.readOrCreate(
                    options.seeding().files().key(node.address(), node.name().isSeed()));
        } catch (IOException e) {
            throw new HostException(
                    Code.STORE, "the key of " + Host.called(node.name()) + " cannot be used: " + e.getMessage(), e);
        }
    }

    private long randomSeed(LiveNode node, int life) {
        // Seeds and nodes of one number must not share their luck.
        int name = node.name().isSeed() ? -node.number() : node.number();
        return options.randomSeed().isPresent()
                ? new Random64(options.randomSeed().getAsLong())
                        .split(name)
                        .split(life)
                        .nextLong()
                : secureRandom.nextLong();
    }

    private static boolean isAboutMembers(Fact fact) {
        return fact instanceof MembershipProtocol.Admitted || fact instanceof MembershipProtocol.Dismissed;
    }

    /** The members and this one; the same list as before if it is among them, for a thousand nodes share it. */
    private List<NodeId> with(NodeId member) {
        List<NodeId> known = members;
        if (known.contains(member)) {
            return known;
        }
        List<NodeId> more = new ArrayList<>(known);
        more.add(member);
        return List.copyOf(more);
    }
}
