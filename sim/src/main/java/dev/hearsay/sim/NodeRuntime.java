package dev.hearsay.sim;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.sim.RuntimeEvent.Synced;
import dev.hearsay.sim.RuntimeEvent.WrittenBehind;
import dev.hearsay.sim.queue.EventQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drives the nodes: hands them their inputs, carries out what they want, and lets them crash, pause and come back. */
final class NodeRuntime {

    /** In the queue, the sender of what is no node's own. Timers have the life they belong to, inverted. */
    static final int NOBODY = Integer.MIN_VALUE;

    private static final long WRITE_BEHIND_NANOS = 100_000_000L;

    private record Waiting(int from, Object what) {}

    private record Held(int to, Message message) {}

    private final SimulationSpec spec;
    private final EventQueue queue;
    private final Hosts hosts;
    private final Network network;
    private final DeliveryChecker deliveryChecker;
    private final CommitChecker commitChecker;
    private final StateChecker stateChecker;
    private final boolean isOfVersions;
    private final @Nullable MembershipChecker membershipChecker;
    private final @Nullable Stranger stranger;
    private final Observer observer;
    private final TraceDigest digest;
    private final Random64 random;
    private final NodeEffects exit = new NodeEffects();

    /** What came in for nodes that are paused. */
    private final Map<Integer, List<Waiting>> waiting = new HashMap<>();

    /** The disks of the nodes; null where nothing can depend on them. */
    private final @Nullable Disk @Nullable [] disks;

    /** What may not leave a node before all that it has saved is durable. */
    private final Map<Integer, List<Held>> held = new HashMap<>();

    private double diskFailure;

    NodeRuntime(
            SimulationSpec spec,
            EventQueue queue,
            Hosts hosts,
            Network network,
            DeliveryChecker deliveryChecker,
            CommitChecker commitChecker,
            StateChecker stateChecker,
            @Nullable MembershipChecker membershipChecker,
            @Nullable Stranger stranger,
            Observer observer,
            TraceDigest digest,
            Random64 random,
            boolean isMeddledWith) {
        this.spec = spec;
        this.queue = queue;
        this.hosts = hosts;
        this.network = network;
        this.deliveryChecker = deliveryChecker;
        this.commitChecker = commitChecker;
        this.stateChecker = stateChecker;
        this.isOfVersions = spec.publishing().kind() == SimulationSpec.Publishing.Kind.VERSIONS;
        this.membershipChecker = membershipChecker;
        this.stranger = stranger;
        this.observer = observer;
        this.digest = digest;
        this.random = random;
        this.diskFailure = spec.protocol().diskFailure();
        boolean hasDisks =
                spec.protocol().diskNanos() > 0 || spec.faults().stream().anyMatch(NodeRuntime::comesBack);
        // Where enemies and tests can strike at any time, everybody has one.
        disks = hasDisks || isMeddledWith || membershipChecker != null ? new Disk[spec.nodes() + spec.seeds()] : null;
    }

    private static boolean comesBack(Fault fault) {
        return fault.forNanos() > 0 && (fault instanceof Fault.Crash || fault instanceof Fault.Leave);
    }

    // --- Inputs --------------------------------------------------------------------------------------------------

    /** Begins a life of a node. */
    void boot(int number) {
        Disk disk = disks == null ? null : disks[number];
        List<Fact> remembered = disk == null ? List.of() : disk.facts();
        hosts.boot(number, remembered);
        stateChecker.remembers(number, remembered);
        if (membershipChecker != null) {
            membershipChecker.booted(queue.atNanos(), number);
        }
        step(number, new Input.Started());
    }

    void publish(int number, Command command) {
        step(number, new Input.Asked(command));
    }

    /** A message has come, or a timer is due. */
    void arrive(int number, int from, Object what) {
        if (hosts.isPaused(number)) {
            waiting.computeIfAbsent(number, n -> new ArrayList<>()).add(new Waiting(from, what));
            return;
        }
        if (from >= 0) {
            receive(number, from, (Message) what);
        } else {
            fire(number, ~from, (Timer) what);
        }
    }

    /** What an enemy has said comes. */
    void forged(int number, RuntimeEvent.Forged forged) {
        if (hosts.isPaused(number)) {
            waiting.computeIfAbsent(number, n -> new ArrayList<>()).add(new Waiting(NOBODY, forged));
        } else if (hosts.isUp(number)) {
            take(number, forged.from(), forged.message());
        }
    }

    private void receive(int number, int from, Message message) {
        if (!hosts.isUp(number)) {
            dropped(from, message);
            observer.lost(queue.atNanos(), from, number, message, Observer.Loss.DOWN);
            return;
        }
        take(number, hosts.id(from), message);
        if (message instanceof RumorProtocol.Gossip gossip) {
            deliveryChecker.eagerPending(-1);
            deliveryChecker.arrived(from, number, gossip.carried().rumor());
        }
    }

    private void take(int number, NodeId from, Message message) {
        if (membershipChecker != null) {
            membershipChecker.shown(number, message);
        }
        step(number, new Input.Received(from, message));
    }

    private void fire(int number, int life, Timer timer) {
        if (life != hosts.life(number)) {
            dropped(~life, timer);
            return;
        }
        step(number, new Input.Fired(timer));
        if (timer instanceof RumorProtocol.Relay) {
            deliveryChecker.eagerPending(-1);
        } else if (timer instanceof AntiEntropyProtocol.AntiEntropyRound) {
            int kept = hosts.node(number).log().entries().size();
            if (kept > spec.protocol().retain()) {
                throw new BrokenInvariant(hosts.id(number) + " keeps " + kept + " rumors, more than "
                        + spec.protocol().retain());
            }
        }
    }

    /** A message that was on its way is taken off it. */
    void drop(int from, int to, Message message) {
        dropped(from, message);
        observer.lost(queue.atNanos(), from, to, message, Observer.Loss.DROPPED);
    }

    /** What will not be taken by anybody is no longer under way. */
    private void dropped(int from, Object what) {
        if (from >= 0 ? what instanceof RumorProtocol.Gossip : what instanceof RumorProtocol.Relay) {
            deliveryChecker.eagerPending(-1);
        }
    }

    private void step(int number, Input input) {
        exit.self = number;
        hosts.machine(number).step(hosts.nanos(number), input, exit);
        exit.close();
    }

    // --- Lives ---------------------------------------------------------------------------------------------------

    void crash(int number, boolean keepsDisk) {
        hosts.crash(number);
        stateChecker.forgets(number);
        Disk disk = disks == null ? null : disks[number];
        if (disk != null) {
            disk.crash(fact -> {
                if (fact instanceof RumorProtocol.Accepted accepted) {
                    deliveryChecker.lost(accepted.carried().rumor());
                }
            });
            if (!keepsDisk) {
                disk.wipe();
            }
        }
        boolean isDiskLost = !keepsDisk || disk == null;
        if (number < hosts.count()) {
            deliveryChecker.crashed(number, isDiskLost);
            commitChecker.crashed(number, isDiskLost);
        }
        if (membershipChecker != null) {
            membershipChecker.crashed(queue.atNanos(), number, isDiskLost);
        }
        List<Held> unsent = held.remove(number);
        if (unsent != null) {
            unsent.forEach(one -> dropped(number, one.message));
        }
        List<Waiting> unread = waiting.remove(number);
        if (unread != null) {
            unread.forEach(one -> dropped(one.from, one.what));
        }
        told(number, new Lifecycle.Stopped());
    }

    /** The disk of a node that is down loses the binding facts that were saved last; the node answers for none of its messages any more. */
    void loseTail(int number, int facts) {
        Disk disk = disks == null ? null : disks[number];
        if (disk != null) {
            disk.loseTail(facts);
        }
        deliveryChecker.crashed(number, true);
        commitChecker.crashed(number, true);
    }

    /** A node stops in good order, everything written. */
    void leave(int number) {
        if (number < hosts.count()) {
            step(number, new Input.Asked(new Command.Depart()));
        }
        Disk disk = disks == null ? null : disks[number];
        if (disk != null) {
            disk.sync(disk.end(), fact -> accepted(number, fact));
            disk.writeBehind();
            release(number);
        }
        crash(number, true);
    }

    void restart(int number) {
        boot(number);
        if (number < hosts.count()) {
            deliveryChecker.restarted(number);
        }
    }

    void resume(int number) {
        hosts.pause(number, false);
        List<Waiting> unread = waiting.remove(number);
        if (unread != null) {
            unread.forEach(one -> queue.add(queue.atNanos(), number, one.from, one.what));
        }
    }

    /** Binding facts of a node are durable; what waited for them leaves. */
    void synced(int number, Synced synced) {
        Disk disk = disks == null ? null : disks[number];
        if (disk == null || synced.life() != hosts.life(number)) {
            return;
        }
        if (isDrawn(diskFailure)) {
            lose(number, disk.fail(synced.upTo()));
        } else {
            disk.sync(synced.upTo(), fact -> accepted(number, fact));
        }
        if (disk.isSynced()) {
            release(number);
        }
    }

    private boolean isDrawn(double fraction) {
        return fraction > 0 && random.nextDouble() < fraction;
    }

    private void release(int number) {
        List<Held> ready = held.remove(number);
        if (ready != null) {
            for (Held one : ready) {
                dropped(number, one.message);
                leave(number, one.to, one.message);
            }
        }
    }

    /** Facts could not be made durable: nothing that was sent since leaves, and the node is told. */
    private void lose(int number, List<Fact> facts) {
        List<Held> unsent = held.remove(number);
        if (unsent != null) {
            unsent.forEach(one -> dropped(number, one.message));
        }
        stateChecker.forgets(number);
        for (Fact fact : facts.reversed()) {
            if (fact instanceof RumorProtocol.Accepted(var carried)) {
                deliveryChecker.lost(carried.rumor());
            }
            step(number, new Input.Unsaved(fact));
        }
    }

    /** From now on no disk fails. */
    void heal() {
        diskFailure = 0;
    }

    void writtenBehind(int number, WrittenBehind written) {
        Disk disk = disks == null ? null : disks[number];
        if (disk != null && written.life() == hosts.life(number)) {
            disk.writeBehind();
        }
    }

    private void accepted(int number, Fact fact) {
        if (membershipChecker != null) {
            membershipChecker.durable(number, fact);
        }
        stateChecker.accepted(fact);
        if (fact instanceof RumorProtocol.Accepted(var carried)) {
            deliveryChecker.accepted(carried.rumor());
        }
    }

    // --- Effects -------------------------------------------------------------------------------------------------

    private void leave(int from, int to, Message message) {
        deliveryChecker.leaves(from, message);
        if (membershipChecker != null) {
            membershipChecker.leaves(from, to, message);
        }
        if (stranger != null) {
            stranger.overhears(message);
        }
        observer.sent(queue.atNanos(), from, to, message);
        int copies = network.carry(queue.atNanos(), from, to, message);
        if (message instanceof RumorProtocol.Gossip) {
            deliveryChecker.eagerPending(copies);
        }
    }

    private void told(int number, Event event) {
        digest.add(event);
        observer.told(queue.atNanos(), number, event);
        if (membershipChecker != null) {
            membershipChecker.told(queue.atNanos(), number, event);
        }
    }

    private void saved(int number, Fact fact) {
        if (fact instanceof RumorProtocol.Accepted(var carried)) {
            deliveryChecker.saved(queue.atNanos(), number, carried.rumor());
        }
        if (membershipChecker != null) {
            membershipChecker.saved(queue.atNanos(), number, fact);
        }
        stateChecker.saved(number, fact);
        if (disks == null) {
            accepted(number, fact);
            return;
        }
        Disk disk = disks[number];
        if (disk == null) {
            disk = new Disk();
            disks[number] = disk;
        }
        int place = disk.save(fact);
        if (!fact.isBinding()) {
            if (disk.isToBeWritten()) {
                queue.add(queue.atNanos() + WRITE_BEHIND_NANOS, number, NOBODY, new WrittenBehind(hosts.life(number)));
            }
        } else if (spec.protocol().diskNanos() == 0) {
            disk.sync(place, durable -> accepted(number, durable));
        } else {
            long durableNanos = queue.atNanos() + spec.protocol().diskNanos();
            queue.add(durableNanos, number, NOBODY, new Synced(hosts.life(number), place));
        }
    }

    /** The effects of the node that is being stepped. */
    private final class NodeEffects implements Effects {
        private final List<Held> sends = new ArrayList<>();
        private int self;

        @Override
        public void send(NodeId to, Message message) {
            int number = hosts.number(to);
            if (number < 0) {
                return;
            }
            if (spec.protocol().diskNanos() == 0) {
                leave(self, number, message);
            } else {
                sends.add(new Held(number, message));
            }
        }

        @Override
        public void after(long delayNanos, Timer timer) {
            if (timer instanceof RumorProtocol.Relay) {
                deliveryChecker.eagerPending(1);
            }
            queue.add(queue.atNanos() + delayNanos + network.slowNanos(self), self, ~hosts.life(self), timer);
        }

        @Override
        public void save(Fact fact) {
            saved(self, fact);
        }

        @Override
        public void tell(Event event) {
            switch (event) {
                case RumorProtocol.Published published -> deliveryChecker.told(queue.atNanos(), self, published);
                case RumorProtocol.Delivered delivered -> deliveryChecker.told(queue.atNanos(), self, delivered);
                case RumorProtocol.Duplicate duplicate -> deliveryChecker.told(self, duplicate);
                case RumorProtocol.Relayed relayed -> deliveryChecker.told(self, relayed);
                default -> {}
            }
            if (isOfVersions) {
                commitChecker.told(queue.atNanos(), self, event);
            }
            told(self, event);
        }

        /** What the step has sent leaves, or waits until all that was saved up to its end is durable. */
        void close() {
            if (sends.isEmpty()) {
                return;
            }
            Disk disk = disks == null ? null : disks[self];
            boolean isFree = disk == null || disk.isSynced();
            for (Held one : sends) {
                if (isFree) {
                    leave(self, one.to, one.message);
                } else {
                    if (one.message instanceof RumorProtocol.Gossip) {
                        deliveryChecker.eagerPending(1);
                    }
                    held.computeIfAbsent(self, n -> new ArrayList<>()).add(one);
                }
            }
            sends.clear();
        }
    }
}
