package dev.hearsay.live.host;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultException;
import dev.hearsay.live.fault.FaultException.Code;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.FaultTransport;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.WallClock;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The faults in force at the nodes of one host. They are kept in memory only: none survives the host. Its lock is never held while
 * the host or a loop is waited for, as the host calls in here.
 */
final class Faults implements FaultDesk {

    private static final int FAULTS_MAX = 100;

    /** A fault that has begun; its victims, the paused and killed nodes of this host, change under the lock. */
    private static final class Active {
        final FaultOrder order;
        final long beganNanos = System.nanoTime();
        final long beganMicros;
        final Set<LiveNode> victims;

        Active(FaultOrder order, Collection<LiveNode> victims, long beganMicros) {
            this.order = order;
            this.beganMicros = beganMicros;
            this.victims = new LinkedHashSet<>(victims);
        }
    }

    private final Host host;
    private final FaultTransport transport;
    private final Loop timers;
    private final WallClock clock;
    private final Consumer<String> notices;
    private final Map<String, Active> inForce = new LinkedHashMap<>();
    private int last;

    /**
     * For the nodes of one host.
     *
     * @param timers where their time is measured
     * @param notices hears what people should be told, one sentence each
     */
    Faults(Host host, FaultTransport transport, Loop timers, WallClock clock, Consumer<String> notices) {
        this.host = host;
        this.transport = transport;
        this.timers = timers;
        this.clock = clock;
        this.notices = notices;
    }

    // --- What is ordered ---------------------------------------------------------------------------------------------

    @Override
    public synchronized void demandPossible(FaultOrder order) throws FaultException {
        if (inForce.containsKey(order.id())) {
            throw new FaultException(Code.TAKEN, "there is a fault " + order.id() + " already");
        }
        if (inForce.size() >= FAULTS_MAX) {
            throw new FaultException(Code.CONFLICT, FAULTS_MAX + " faults are in force, and more are too many");
        }
        if (touched(order).isEmpty()) {
            throw new FaultException(Code.NO_SUCH_NODE, "no node of this fault is on this host");
        }
        for (LiveNode victim : victims(order.fault())) {
            if (!victim.isRunning()) {
                throw new FaultException(Code.CONFLICT, Host.called(victim.name()) + " does not run");
            }
        }
    }

    @Override
    public void begin(FaultOrder order) throws FaultException {
        Active active;
        Future<Void> applied;
        synchronized (this) {
            demandPossible(order);
            active = new Active(order, victims(order.fault()), clock.micros());
            inForce.put(order.id(), active);
            last = Math.max(last, order.number());
            applied = transport.apply(orders());
        }
        applied.await();
        tell(
                touched(order),
                new Lifecycle.FaultBegan(order.id(), order.fault().words(NodeId::toString), order.forNanos()));
        try {
            strike(order.fault());
        } catch (HostException e) {
            // One of them has stopped meanwhile by itself: no fault then, and the others come back.
            endQuietly(active, "it could not begin");
            throw new FaultException(Code.CONFLICT, String.valueOf(e.getMessage()), e);
        }
        if (order.forNanos() > 0) {
            timers.execute(() -> timers.after(
                    order.forNanos(), () -> Thread.ofVirtual().start(() -> endQuietly(active, "its time is over"))));
        }
    }

    private void strike(LiveFault fault) throws HostException {
        for (LiveNode victim : victims(fault)) {
            if (fault instanceof LiveFault.Kill) {
                victim.kill();
            } else {
                onLoop(victim, NodeDriver::pause);
            }
        }
    }

    @Override
    public void heal(String id) throws FaultException {
        Active active;
        synchronized (this) {
            active = inForce.get(id);
            if (active == null) {
                throw new FaultException(
                        Code.NO_SUCH_FAULT,
                        "there is no fault '" + id + "'; "
                                + (inForce.isEmpty()
                                        ? "none is in force"
                                        : "in force are " + String.join(", ", inForce.keySet())));
            }
        }
        try {
            end(active, "it was healed");
        } catch (HostException e) {
            throw new FaultException(Code.CONFLICT, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void revive(NodeId node) throws FaultException {
        LiveNode dead;
        synchronized (this) {
            dead = inForce.values().stream()
                    .filter(active -> active.order.fault() instanceof LiveFault.Kill)
                    .flatMap(active -> active.victims.stream())
                    .filter(victim -> victim.address().equals(node))
                    .findFirst()
                    .orElseThrow(() -> new FaultException(Code.CONFLICT, "no fault has killed the node at " + node));
        }
        try {
            // Its fault hears of it as of any other start.
            dead.start();
        } catch (HostException e) {
            throw new FaultException(Code.CONFLICT, String.valueOf(e.getMessage()), e);
        }
    }

    private void endQuietly(Active active, String reason) {
        try {
            end(active, reason);
        } catch (HostException e) {
            notices.accept("fault " + active.order.id() + " is over, but a node it had killed could not be started: "
                    + e.getMessage());
        }
    }

    /** Ends it, unless somebody else was first. */
    private void end(Active active, String reason) throws HostException {
        Future<Void> applied;
        List<LiveNode> released;
        synchronized (this) {
            if (!inForce.remove(active.order.id(), active)) {
                return;
            }
            applied = transport.apply(orders());
            released = active.victims.stream()
                    .filter(victim -> inForce.values().stream()
                            .noneMatch(other -> other.order
                                            .fault()
                                            .kind()
                                            .equals(active.order.fault().kind())
                                    && other.victims.contains(victim)))
                    .toList();
        }
        applied.await();
        Event ended = new Lifecycle.FaultEnded(active.order.id(), reason);
        if (active.order.fault() instanceof LiveFault.Kill) {
            for (LiveNode victim : released) {
                victim.start();
            }
        }
        tell(touched(active.order), ended);
        if (active.order.fault() instanceof LiveFault.Pause) {
            released.forEach(victim -> onLoop(victim, NodeDriver::resume));
        }
    }

    @Override
    public synchronized List<InForce> inForce() {
        return inForce.values().stream()
                .map(active -> new InForce(active.order, active.beganMicros, leftNanos(active)))
                .toList();
    }

    private static long leftNanos(Active active) {
        long forNanos = active.order.forNanos();
        return forNanos == 0 ? 0 : Math.max(1, forNanos - (System.nanoTime() - active.beganNanos));
    }

    @Override
    public synchronized int last() {
        return last;
    }

    // --- What happens to nodes meanwhile -----------------------------------------------------------------------------

    /** A node is about to be stopped: its pause ends with this life. */
    void stopping(LiveNode node) {
        release(node, LiveFault.Pause.class)
                .forEach(id -> tell(List.of(node), new Lifecycle.FaultEnded(id, "it was stopped")));
    }

    /** A node has been started: it is dead no more. */
    void started(LiveNode node) {
        release(node, LiveFault.Kill.class)
                .forEach(id -> tell(List.of(node), new Lifecycle.FaultEnded(id, "it was started")));
    }

    /**
     * Leaves a killed node dead for good.
     *
     * @return false if it is none
     */
    boolean leaveDead(LiveNode node) {
        return !node.isRunning() && !release(node, LiveFault.Kill.class).isEmpty();
    }

    /** Takes a node out of the faults of a kind; a fault without victims is over. Returns their ids. */
    private synchronized List<String> release(LiveNode node, Class<? extends LiveFault> kind) {
        List<String> ids = new ArrayList<>();
        for (Active active : List.copyOf(inForce.values())) {
            if (kind.isInstance(active.order.fault()) && active.victims.remove(node)) {
                ids.add(active.order.id());
                if (active.victims.isEmpty()) {
                    inForce.remove(active.order.id());
                }
            }
        }
        return ids;
    }

    /** The host stops: no fault will end any more. */
    synchronized void close() {
        inForce.clear();
    }

    // --- Nodes -------------------------------------------------------------------------------------------------------

    private List<FaultOrder> orders() {
        return inForce.values().stream().map(active -> active.order).toList();
    }

    private List<LiveNode> touched(FaultOrder order) {
        return host.liveNodes().stream()
                .filter(node -> order.fault().touches(node.address()))
                .toList();
    }

    private List<LiveNode> victims(LiveFault fault) {
        Set<NodeId> named = switch (fault) {
            case LiveFault.Pause(Set<NodeId> nodes) -> nodes;
            case LiveFault.Kill(Set<NodeId> nodes) -> nodes;
            case LiveFault.Loss _, LiveFault.Duplicate _, LiveFault.Delay _, LiveFault.Cut _, LiveFault.Partition _ ->
                Set.of();
        };
        return host.liveNodes().stream()
                .filter(node -> named.contains(node.address()))
                .toList();
    }

    private static void tell(List<LiveNode> nodes, Event event) {
        Future.all(nodes.stream()
                        .map(node -> later(node, driver -> driver.note(event)))
                        .toList())
                .await();
    }

    private static void onLoop(LiveNode node, Consumer<NodeDriver> task) {
        later(node, task).await();
    }

    /** Does it on the node's loop, if the node runs. */
    private static Future<Void> later(LiveNode node, Consumer<NodeDriver> task) {
        return node.loop().call(() -> {
            NodeDriver driver = node.driver();
            if (driver != null && driver.isRunning()) {
                task.accept(driver);
            }
            return null;
        });
    }
}
