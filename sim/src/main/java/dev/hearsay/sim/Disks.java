package dev.hearsay.sim;

import dev.hearsay.core.DurabilityGate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.Random64;
import dev.hearsay.sim.RuntimeEvent.Synced;
import dev.hearsay.sim.RuntimeEvent.WrittenBehind;
import dev.hearsay.sim.queue.EventQueue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disks of the nodes, each behind the {@link DurabilityGate} of its node: what a node saves, sends and answers in a step goes through here. */
final class Disks {

    private static final long WRITE_BEHIND_NANOS = 100_000_000L;

    record Send(int from, int to, Message message) {}

    private final EventQueue queue;
    private final Hosts hosts;
    private final NodeRuntime nodes;
    private final Random64 random;
    private final long syncNanos;
    private double failure;

    /** Each made when its node saves something; null where nothing can depend on them. */
    private final @Nullable Disk @Nullable [] disks;

    private final Driver driver = new Driver();

    /** For the nodes that have none of their own, as they have not saved anything binding yet. */
    private final DurabilityGate<Send, Event> passing = new DurabilityGate<>(driver);

    // Of the step that is being taken.
    private final List<Fact> facts = new ArrayList<>();
    private final List<Send> sends = new ArrayList<>();
    private boolean isBinding;

    /** The node whose step ends, or of whose disk there is news. */
    private int self;

    /**
     * Empty disks.
     *
     * @param areNeeded whether a node may come back to what is on its disk
     */
    Disks(SimulationSpec spec, EventQueue queue, Hosts hosts, NodeRuntime nodes, Random64 random, boolean areNeeded) {
        this.queue = queue;
        this.hosts = hosts;
        this.nodes = nodes;
        this.random = random;
        this.syncNanos = spec.protocol().diskNanos();
        this.failure = spec.protocol().diskFailure();
        this.disks = areNeeded || syncNanos > 0 ? new Disk[spec.nodes() + spec.seeds()] : null;
    }

    private @Nullable Disk find(int number) {
        return disks == null ? null : disks[number];
    }

    private Disk of(int number) {
        if (disks == null) {
            throw new IllegalStateException("there are no disks");
        }
        Disk disk = disks[number];
        if (disk == null) {
            disk = new Disk();
            disks[number] = disk;
        }
        return disk;
    }

    /** What a new life of a node is handed. */
    List<Fact> facts(int number) {
        Disk disk = find(number);
        return disk == null ? List.of() : disk.facts();
    }

    // --- What a step wants -------------------------------------------------------------------------------------------

    void send(int from, int to, Message message) {
        if (syncNanos == 0) {
            nodes.transmit(from, to, message);
        } else {
            nodes.held(message);
            sends.add(new Send(from, to, message));
        }
    }

    void save(int number, Fact fact) {
        if (syncNanos > 0) {
            facts.add(fact);
            isBinding |= fact.isBinding();
        } else if (disks == null) {
            nodes.durable(number, fact);
        } else {
            write(number, fact);
            if (fact.isBinding()) {
                Disk disk = of(number);
                disk.sync(disk.end(), durable -> nodes.durable(number, durable));
            }
        }
    }

    /**
     * Ends a step of a node. Where disks take no time, all that it has sent has left already.
     *
     * @param answer what the node has told whoever asked for the step; null if nobody did
     */
    void endStep(int number, @Nullable Event answer) {
        self = number;
        if (syncNanos > 0) {
            gate(number).endStep(facts, sends, answer);
        } else if (answer != null) {
            nodes.answered(number, answer);
        }
    }

    private DurabilityGate<Send, Event> gate(int number) {
        if (isBinding && of(number).gate == null) {
            of(number).gate = new DurabilityGate<>(driver);
        }
        isBinding = false;
        DurabilityGate<Send, Event> own = ownGate(number);
        return own == null ? passing : own;
    }

    private @Nullable DurabilityGate<Send, Event> ownGate(int number) {
        Disk disk = find(number);
        return disk == null ? null : disk.gate;
    }

    private void write(int number, Fact fact) {
        Disk disk = of(number);
        disk.save(fact);
        if (!fact.isBinding() && disk.isToBeWritten()) {
            long atNanos = queue.atNanos() + WRITE_BEHIND_NANOS;
            queue.add(atNanos, number, NodeRuntime.NOBODY, new WrittenBehind(hosts.life(number)));
        }
    }

    private final class Driver implements DurabilityGate.Driver<Send, Event> {
        @Override
        public void commit(long step, List<Fact> those) {
            those.forEach(fact -> write(self, fact));
            Synced synced = new Synced(hosts.life(self), step, of(self).end());
            queue.add(queue.atNanos() + syncNanos, self, NodeRuntime.NOBODY, synced);
        }

        @Override
        public void writeBehind(List<Fact> those) {
            those.forEach(fact -> write(self, fact));
        }

        @Override
        public void send(Send send) {
            nodes.dropped(send.from, send.message);
            nodes.transmit(send.from, send.to, send.message);
        }

        @Override
        public void drop(Send send) {
            nodes.dropped(send.from, send.message);
        }

        @Override
        public void answer(Event answer, boolean isDurable) {
            if (isDurable) {
                nodes.answered(self, answer);
            }
        }

        @Override
        public void takeBack(List<Fact> those) {
            nodes.unsaved(self, those);
        }
    }

    // --- What becomes of it ------------------------------------------------------------------------------------------

    /** The disk of a node has done with the facts of a step. */
    void synced(int number, Synced synced) {
        Disk disk = find(number);
        DurabilityGate<Send, Event> gate = ownGate(number);
        if (disk == null || gate == null || synced.life() != hosts.life(number)) {
            return;
        }
        self = number;
        if (failure > 0 && random.nextDouble() < failure) {
            disk.fail(synced.upTo());
            gate.lost(synced.step());
        } else {
            disk.sync(synced.upTo(), fact -> nodes.durable(number, fact));
            gate.durable(synced.step());
        }
    }

    void writtenBehind(int number, WrittenBehind written) {
        Disk disk = find(number);
        if (disk != null && written.life() == hosts.life(number)) {
            disk.writeBehind();
        }
    }

    /** A node that stops in good order waits for its disk. */
    void writeAll(int number) {
        Disk disk = find(number);
        if (disk != null) {
            disk.sync(disk.end(), fact -> nodes.durable(number, fact));
            disk.writeBehind();
        }
        self = number;
        DurabilityGate<Send, Event> gate = ownGate(number);
        while (gate != null && gate.awaited() > 0) {
            gate.durable(gate.awaited());
        }
    }

    /**
     * A node is down, and what is not durable is gone.
     *
     * @return whether what was durable is gone, too, or some of it
     */
    boolean crash(int number, DiskLoss loss) {
        Disk disk = find(number);
        if (disk != null) {
            self = number;
            if (disk.gate != null) {
                disk.gate.abandon();
                disk.gate = null;
            }
            if (loss == DiskLoss.TORN_WRITE) {
                disk.tear(random, fact -> nodes.durable(number, fact));
            }
            disk.crash(nodes::lost);
            disk.damage(loss, random);
        }
        return disk == null || loss.breaksPromises();
    }

    /** The disk of a node that is down loses so many of the binding facts that were saved last. */
    void loseTail(int number, int count) {
        Disk disk = find(number);
        if (disk != null) {
            disk.loseTail(count);
        }
    }

    /** From now on no disk fails. */
    void heal() {
        failure = 0;
    }
}
