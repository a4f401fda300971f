package dev.hearsay.live.host;

import dev.hearsay.core.Command;
import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.node.Node;
import dev.hearsay.live.api.NodeApi;
import dev.hearsay.live.fault.FaultApi;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultTransport;
import dev.hearsay.live.host.HostException.Code;
import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.node.EventRing;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.WallClock;
import dev.hearsay.live.recording.Recorder;
import dev.hearsay.live.store.SqliteStore;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import io.vertx.core.Future;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes in this process: starts them, stops them, and takes orders about them. Its methods may be called from any thread but
 * the nodes' own loops, where they would wait for themselves.
 *
 * <p>{@snippet :
 * try (Host host = Host.start(HostOptions.inMemory(nodes))) {
 *     host.node(1).publish("hello".getBytes(StandardCharsets.UTF_8)).toCompletableFuture().join();
 * }
 * }
 */
public final class Host implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final int SIGNALS_PER_NODE_MAX = 10_000;
    private static final int SIGNALS_PER_NODE_MIN = 256;
    private static final int SIGNALS_MAX = 400_000;

    /** About what an event takes. */
    private static final int SIGNAL_BYTES = 100;

    /** A host whose nodes are not ready after so long goes on all the same: some neighbour, or a quorum of seeds, may never come. */
    private static final long READY_SECONDS_MAX = 10;

    private static final int TOKEN_BYTES = 24;

    private final HostOptions options;
    private final Loops loops;
    private final Store store;
    private final WallClock clock = new WallClock();
    private final SecureRandom secureRandom = new SecureRandom();
    private final Recorder recorder;
    private final NodeFactory lives;
    private final Faults faults;
    private final FaultApi faultApi;
    private final @Nullable Convergence convergence;
    private final @Nullable PeerLog peerLog;
    private final Map<NodeId, LiveNode> byAddress = new ConcurrentHashMap<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final String token;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable ControlApi control;
    private volatile @Nullable BearerToken faultToken;

    private Host(HostOptions options, Store store, @Nullable PeerLog peerLog) {
        this.options = options;
        this.store = store;
        this.peerLog = peerLog;
        this.loops = Loops.start(options.loops());
        this.recorder = new Recorder(Recorder.Limits.of(options.memory().recordingBytes()));
        FaultTransport transport =
                new FaultTransport(Transports.of(loops.vertx(), options, self -> new NodeApi(nodeAt(self))));
        this.lives = new NodeFactory(options, transport, store, clock, recorder, this::notice);
        this.faults = new Faults(this, transport, loops.of(0), clock, this::notice);
        this.faultApi = new FaultApi(faults, loops.of(0));
        this.convergence = seesAll(options) ? new Convergence(this::onConverged) : null;
        byte[] secret = new byte[TOKEN_BYTES];
        secureRandom.nextBytes(secret);
        this.token = HexFormat.of().formatHex(secret);
    }

    /** In a network with seeds others may join from elsewhere; a host with all its seeds is the one that runs the rest. */
    private static boolean seesAll(HostOptions options) {
        if (options.seeding() == null) {
            return options.nodes().size() == options.members().size();
        }
        long seeds =
                options.nodes().stream().filter(node -> node.node().isSeed()).count();
        return seeds == options.seeding().config().seeds().size();
    }

    /**
     * Starts a host and returns when all its nodes are ready: they listen, and are linked to their neighbours; peers are registered.
     *
     * @throws HostException with one sentence for people, if it cannot; nothing is left running then
     */
    public static Host start(HostOptions options) throws HostException {
        try {
            return start(options, HostStore.open(options.data()), List.of());
        } catch (HostException e) {
            // Damage that shows only when everything is read.
            if (options.data() != null && e.getCause() instanceof StoreException store && store.isDamaged()) {
                String notice = HostStore.setAside(options.data());
                return start(options, HostStore.open(options.data()), List.of(notice));
            }
            throw e;
        }
    }

    static Host start(HostOptions options, Store store, List<String> notices) throws HostException {
        Host host = new Host(options, store, openLog(options));
        try {
            notices.forEach(host::notice);
            host.startAll();
            return host;
        } catch (HostException e) {
            host.close();
            throw e;
        }
    }

    private static @Nullable PeerLog openLog(HostOptions options) throws HostException {
        try {
            return options.seeding() == null ? null : new PeerLog(options.seeding());
        } catch (IOException e) {
            throw new HostException(Code.FAILED, "the log files cannot be written: " + e.getMessage(), e);
        }
    }

    private void startAll() throws HostException {
        if (store instanceof SqliteStore sqlite) {
            sqlite.setAside().ifPresent(aside -> notice(HostStore.damaged(aside)));
            if (sqlite.lostCommits() > 0) {
                notice(HostStore.torn(sqlite.lostCommits()));
            }
        }
        List<NodeDriver> drivers = new ArrayList<>();
        for (HostOptions.Member member : options.nodes()) {
            drivers.add(lives.begin(register(member)));
            if (convergence != null && !member.node().isSeed()) {
                convergence.include(member.address());
            }
        }
        BlockingCalls.done(Future.all(drivers.stream().map(NodeDriver::listen).toList()));
        NeighbourGate.await(options);
        drivers.forEach(driver -> nodeAt(driver.self()).drivenBy(driver));
        begin(drivers, true);
        begin(drivers, false);
        BlockingCalls.ready(drivers, READY_SECONDS_MAX);
        if (options.isControlled()) {
            control = ControlApi.listen(this, loops.of(0));
        }
        LOG.info("The host is ready, {} of its nodes run", drivers.size());
    }

    /** Seeds first: peers ask them at once. */
    private void begin(List<NodeDriver> drivers, boolean seeds) throws HostException {
        BlockingCalls.done(Future.all(drivers.stream()
                .filter(driver -> nodeAt(driver.self()).name().isSeed() == seeds)
                .map(NodeDriver::begin)
                .toList()));
    }

    private LiveNode register(HostOptions.Member member) throws HostException {
        Loop loop = loops.of(byAddress.size());
        long events = Math.min(SIGNALS_MAX, options.memory().eventBytes() / SIGNAL_BYTES);
        int share = (int) events / Math.max(1, options.nodes().size());
        int capacity = Math.clamp(share, SIGNALS_PER_NODE_MIN, SIGNALS_PER_NODE_MAX);
        Convergence.Feed feed = convergence == null ? null : convergence.feed(loop);
        LiveNode node = new LiveNode(this, member, loop, new EventRing(capacity, clock.micros()), feed);
        byAddress.put(member.address(), node);
        if (peerLog != null) {
            try {
                peerLog.include(member.address(), member.node().isSeed());
            } catch (IOException e) {
                throw new HostException(Code.FAILED, "the log files cannot be written: " + e.getMessage(), e);
            }
        }
        return node;
    }

    /** Takes in what people should be told though everything goes on: one sentence, which {@link #notices} and the log have then. */
    public void notice(String sentence) {
        LOG.warn("{}", sentence);
        notices.add(sentence);
    }

    // --- While it runs -----------------------------------------------------------------------------------------------

    /** What people should be told, though everything goes on: one sentence each. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /** Where the host takes orders, on loopback; 0 if it takes none. */
    public int controlPort() {
        ControlApi open = control;
        return open == null ? 0 : open.port();
    }

    /** What an order must carry. */
    public String controlToken() {
        return token;
    }

    /** What goes wrong on purpose here. */
    public FaultDesk faults() {
        return faults;
    }

    /** Lets whoever brings this token order faults at the nodes' own ports; before, nobody may. */
    public void takeFaultsWith(String secret) {
        faultToken = new BearerToken(secret);
    }

    @Nullable
    BearerToken faultToken() {
        return faultToken;
    }

    FaultApi faultApi() {
        return faultApi;
    }

    /** Leaves a node dead that a fault has killed; false if there is none of it to end. */
    boolean leaveDead(LiveNode node) {
        return faults.leaveDead(node);
    }

    Collection<LiveNode> liveNodes() {
        return byAddress.values();
    }

    /** The nodes and seeds, stopped ones included, seeds first, by number. */
    public List<HostedNode> nodes() {
        List<HostedNode> nodes = new ArrayList<>(byAddress.values());
        nodes.sort(Comparator.comparing(HostedNode::name));
        return nodes;
    }

    /**
     * The node of that number, which gossips.
     *
     * @throws HostException if there is none here
     */
    public HostedNode node(int number) throws HostException {
        return find(NodeName.of(number));
    }

    /**
     * The node or seed of that name.
     *
     * @throws HostException if there is none here
     */
    public HostedNode node(NodeName name) throws HostException {
        return find(name);
    }

    LiveNode find(NodeName name) throws HostException {
        for (LiveNode node : byAddress.values()) {
            if (node.name().equals(name)) {
                return node;
            }
        }
        throw new HostException(Code.NO_SUCH_NODE, called(name) + " is not on this host");
    }

    /** For sentences. */
    static String called(NodeName name) {
        return (name.isSeed() ? "seed " : "node ") + name;
    }

    private LiveNode nodeAt(NodeId address) {
        LiveNode node = byAddress.get(address);
        if (node == null) {
            throw new IllegalStateException("no node at " + address);
        }
        return node;
    }

    /** Adds a node and starts it; returns when it listens. */
    public synchronized HostedNode add(HostOptions.Member member) throws HostException {
        for (LiveNode node : byAddress.values()) {
            if (node.name().equals(member.node()) || node.address().equals(member.address())) {
                throw new HostException(
                        Code.FAILED, called(node.name()) + " at " + node.address() + " is on this host already");
            }
        }
        LiveNode node = register(member);
        try {
            start(node);
            if (options.seeding() == null) {
                admit(member.address());
            } else {
                lives.admit(member.address());
            }
            return node;
        } catch (HostException e) {
            byAddress.remove(member.address());
            throw e;
        }
    }

    synchronized void start(LiveNode node) throws HostException {
        if (isClosed.get()) {
            throw new HostException(Code.FAILED, "the host has stopped");
        }
        if (node.isRunning()) {
            throw new HostException(Code.FAILED, called(node.name()) + " is running already");
        }
        NodeDriver driver = lives.begin(node);
        BlockingCalls.done(driver.listen());
        node.drivenBy(driver);
        BlockingCalls.done(driver.begin());
        faults.started(node);
    }

    synchronized void stop(LiveNode node, boolean isOrderly) throws HostException {
        NodeDriver driver = node.driver();
        if (driver == null) {
            throw new HostException(Code.FAILED, called(node.name()) + " does not run");
        }
        faults.stopping(node);
        BlockingCalls.done(driver.stop(isOrderly));
        node.drivenBy(null);
    }

    /** Lets all nodes know of a member that was added to a static network, or that came back; returns when they do. */
    synchronized void admit(NodeId member) throws HostException {
        lives.admit(member);
        tellAll(new Command.Admit(member));
    }

    /** Lets all nodes know that one was taken out of a static network, so that nothing waits for it; returns when they do. */
    synchronized void dismiss(NodeId member) throws HostException {
        lives.dismiss(member);
        tellAll(new Command.Dismiss(member));
    }

    private void tellAll(Command command) throws HostException {
        List<Future<Boolean>> told = new ArrayList<>();
        for (LiveNode node : byAddress.values()) {
            NodeDriver driver = node.driver();
            if (driver != null && driver.machine() instanceof Node) {
                told.add(node.loop().call(() -> driver.commands().ask(command)));
            }
        }
        BlockingCalls.done(Future.all(told));
    }

    private void onConverged(long atMicros, NodeId origin, RumorProtocol.Converged converged) {
        LiveNode node = byAddress.get(origin);
        NodeDriver driver = node == null ? null : node.driver();
        if (driver != null) {
            driver.loop().execute(() -> driver.note(converged));
        }
    }

    /** What a node has told, for the log files that people know; on the node's loop. */
    void log(long atMicros, LiveNode node, Event event) {
        NodeDriver driver = node.driver();
        if (peerLog != null && driver != null) {
            peerLog.write(
                    atMicros,
                    node.address(),
                    node.name().isSeed(),
                    event,
                    id -> driver.machine() instanceof Node gossiping
                            ? gossiping.log().find(id)
                            : null);
        }
    }

    Store store() {
        return store;
    }

    /** What the nodes of this host live through, as far as it is kept. */
    public Recorder recorder() {
        return recorder;
    }

    HostOptions options() {
        return options;
    }

    String topology() {
        return options.topology();
    }

    int payloadBytesMax() {
        return options.spec().spreading().payloadBytesMax();
    }

    /** Waits until the host has stopped, by {@link #close} or by an order. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    /** Stops all nodes and lets go of every port and file. Does nothing the second time. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        try {
            faults.close();
            stopNodes();
            loops.close();
            store.close();
            if (peerLog != null) {
                peerLog.close();
            }
        } finally {
            stopped.countDown();
        }
    }

    private void stopNodes() {
        try {
            List<Future<Void>> ends = new ArrayList<>();
            for (LiveNode node : byAddress.values()) {
                NodeDriver driver = node.driver();
                if (driver != null) {
                    ends.add(driver.stop(false));
                    node.drivenBy(null);
                }
            }
            Future.join(ends).await(READY_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException e) {
            LOG.warn("A node did not stop as it should: {}", e.getMessage());
        }
    }
}
