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
import dev.hearsay.core.StateProtocol;
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

    private record Waiting(int from, Object what) {}

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
    private final Disks disks;
    private final NodeEffects exit = new NodeEffects();

    /** What came in for nodes that are paused. */
    private final Map<Integer, List<Waiting>> waiting = new HashMap<>();

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
        boolean comesBack = spec.faults().stream().anyMatch(NodeRuntime::comesBack);
        // Where enemies and tests can strike at any time, everybody has a disk.
        boolean areNeeded = comesBack || isMeddledWith || membershipChecker != null;
        this.disks = new Disks(spec, queue, hosts, this, random, areNeeded);
    }

    private static boolean comesBack(Fault fault) {
        return fault.forNanos() > 0 && (fault instanceof Fault.Crash || fault instanceof Fault.Leave);
    }

    // --- Inputs --------------------------------------------------------------------------------------------------

    /** Begins a life of a node. */
    void boot(int number) {
        List<Fact> remembered = disks.facts(number);
        hosts.boot(number, remembered);
        stateChecker.remembers(number, remembered);
        if (membershipChecker != null) {
            remembered.forEach(fact -> membershipChecker.durable(number, fact));
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
    void dropped(int from, Object what) {
        if (from >= 0 ? what instanceof RumorProtocol.Gossip : what instanceof RumorProtocol.Relay) {
            deliveryChecker.eagerPending(-1);
        }
    }

    private void step(int number, Input input) {
        exit.self = number;
        exit.answer = null;
        hosts.machine(number).step(hosts.nanos(number), input, exit);
        disks.endStep(number, input instanceof Input.Asked ? exit.answer : null);
    }

    // --- Lives ---------------------------------------------------------------------------------------------------

    void crash(int number, DiskLoss loss) {
        hosts.crash(number);
        stateChecker.forgets(number);
        boolean isDiskLost = disks.crash(number, loss);
        if (number < hosts.count()) {
            deliveryChecker.crashed(number, isDiskLost);
            commitChecker.crashed(number, isDiskLost);
        }
        if (membershipChecker != null) {
            membershipChecker.crashed(queue.atNanos(), number, isDiskLost);
        }
        List<Waiting> unread = waiting.remove(number);
        if (unread != null) {
            unread.forEach(one -> dropped(one.from, one.what));
        }
        told(number, new Lifecycle.Stopped());
    }

    /** The disk of a node that is down loses the binding facts that were saved last; the node answers for none of its messages any more. */
    void loseTail(int number, int facts) {
        disks.loseTail(number, facts);
        deliveryChecker.crashed(number, true);
        commitChecker.crashed(number, true);
    }

    /** A node stops in good order, everything written. */
    void leave(int number) {
        if (number < hosts.count()) {
            step(number, new Input.Asked(new Command.Depart()));
        }
        disks.writeAll(number);
        crash(number, DiskLoss.NONE);
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

    void synced(int number, Synced synced) {
        disks.synced(number, synced);
    }

    void writtenBehind(int number, WrittenBehind written) {
        disks.writtenBehind(number, written);
    }

    /** From now on no disk fails. */
    void heal() {
        disks.heal();
    }

    /** A binding fact of a node is durable. */
    void durable(int number, Fact fact) {
        if (membershipChecker != null) {
            membershipChecker.durable(number, fact);
        }
        stateChecker.accepted(fact);
        if (fact instanceof RumorProtocol.Accepted(var carried)) {
            deliveryChecker.accepted(carried.rumor());
        }
    }

    /** A binding fact has not become durable. */
    void lost(Fact fact) {
        if (fact instanceof RumorProtocol.Accepted(var carried)) {
            deliveryChecker.lost(carried.rumor());
        }
    }

    /** Binding facts of a node could not be made durable. */
    void unsaved(int number, List<Fact> facts) {
        stateChecker.forgets(number);
        for (Fact fact : facts) {
            lost(fact);
            step(number, new Input.Unsaved(fact));
        }
    }

    /** Whoever asked a node for something is told that it is done. */
    void answered(int number, Event answer) {
        if (answer instanceof RumorProtocol.Published published) {
            deliveryChecker.answered(number, published.id());
        } else if (answer instanceof StateProtocol.Written written) {
            stateChecker.answered(number, written.stamp());
        }
    }

    /** A message waits until it may leave its node. */
    void held(Message message) {
        if (message instanceof RumorProtocol.Gossip) {
            deliveryChecker.eagerPending(1);
        }
    }

    // --- Effects -------------------------------------------------------------------------------------------------

    /** A message leaves its node. */
    void transmit(int from, int to, Message message) {
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
        disks.save(number, fact);
    }

    /** The effects of the node that is being stepped. */
    private final class NodeEffects implements Effects {
        private int self;
        private @Nullable Event answer;

        @Override
        public void send(NodeId to, Message message) {
            int number = hosts.number(to);
            if (number >= 0) {
                disks.send(self, number, message);
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
            if (event instanceof RumorProtocol.Published || event instanceof StateProtocol.Written) {
                answer = event;
            }
            if (event instanceof RumorProtocol.Events rumor) {
                switch (rumor) {
                    case RumorProtocol.Published published -> deliveryChecker.told(queue.atNanos(), self, published);
                    case RumorProtocol.Delivered delivered -> deliveryChecker.told(queue.atNanos(), self, delivered);
                    case RumorProtocol.Duplicate duplicate -> deliveryChecker.told(self, duplicate);
                    case RumorProtocol.Relayed relayed -> deliveryChecker.told(self, relayed);
                    case RumorProtocol.Forgotten _, RumorProtocol.Converged _ -> {}
                }
            }
            if (isOfVersions) {
                commitChecker.told(queue.atNanos(), self, event);
            }
            told(self, event);
        }
    }
}
