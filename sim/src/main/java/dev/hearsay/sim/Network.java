package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.Random64;
import dev.hearsay.sim.queue.EventQueue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of messages between the nodes. */
final class Network {

    private static final double HELD_BACK_LATENCIES = 10;
    private static final double TWO_TO_53 = 0x1.0p53;

    private final Random64 random;
    private final EventQueue queue;
    private final Observer observer;
    private final Latency latency;
    private final long fixedNanos;
    private final long heldBackNanos;
    private final List<Wall> walls = new ArrayList<>(0);
    private final int nodes;
    private long lossBelow;
    private long duplicateBelow;
    private long reorderBelow;
    private long @Nullable [] slowNanos;

    /** What a partition or a cut lets through: nothing from the inside to the outside, nor back unless it is one-way. */
    private record Wall(Object cause, BitSet inside, BitSet outside, boolean isOneWay) {
        boolean blocks(int from, int to) {
            return (inside.get(from) && outside.get(to)) || (!isOneWay && outside.get(from) && inside.get(to));
        }
    }

    /** A link on which nothing passes, in this direction. */
    private record Link(int from, int to) {}

    Network(SimulationSpec spec, Random64 random, EventQueue queue, Observer observer) {
        this.random = random;
        this.queue = queue;
        this.observer = observer;
        this.nodes = spec.nodes() + spec.seeds();
        this.latency = spec.network().latency();
        this.fixedNanos = latency instanceof Latency.Fixed(long nanos) ? nanos : -1;
        this.heldBackNanos = Math.max(1, (long) (latency.meanNanos() * HELD_BACK_LATENCIES));
        this.lossBelow = threshold(spec.network().loss());
        this.duplicateBelow = threshold(spec.network().duplicate());
        this.reorderBelow = threshold(spec.network().reorder());
    }

    /** A fraction as a bound on 53 random bits, so that no decision hangs on rounding. */
    private static long threshold(double fraction) {
        return (long) (fraction * TWO_TO_53);
    }

    private boolean isDrawn(long below) {
        return below > 0 && random.nextLong() >>> 11 < below;
    }

    /**
     * Takes a message over.
     *
     * @return how many copies will arrive
     */
    int carry(long nowNanos, int from, int to, Message message) {
        for (int i = 0; i < walls.size(); i++) {
            if (walls.get(i).blocks(from, to)) {
                observer.lost(nowNanos, from, to, message, Observer.Loss.CUT);
                return 0;
            }
        }
        if (isDrawn(lossBelow)) {
            observer.lost(nowNanos, from, to, message, Observer.Loss.CHANCE);
            return 0;
        }
        schedule(nowNanos, from, to, message);
        if (isDrawn(duplicateBelow)) {
            schedule(nowNanos, from, to, message);
            return 2;
        }
        return 1;
    }

    private void schedule(long nowNanos, int from, int to, Message message) {
        long delay = fixedNanos >= 0 ? fixedNanos : latency.draw(random);
        if (isDrawn(reorderBelow)) {
            delay += random.nextLong(heldBackNanos);
        }
        queue.add(nowNanos + delay + slowNanos(to), to, from, message);
    }

    /** How much later than usual a node takes what comes to it. */
    long slowNanos(int node) {
        return slowNanos == null ? 0 : slowNanos[node];
    }

    /** Whether a partition or a cut is up. */
    boolean isDivided() {
        return !walls.isEmpty();
    }

    void slowDown(int node, long byNanos) {
        if (slowNanos == null) {
            slowNanos = new long[nodes];
        }
        slowNanos[node] += byNanos;
    }

    void build(Fault fault, int[] victims) {
        BitSet inside = new BitSet(nodes);
        for (int victim : victims) {
            inside.set(victim);
        }
        BitSet outside = new BitSet(nodes);
        outside.set(0, nodes);
        outside.andNot(inside);
        walls.add(new Wall(fault, inside, outside, fault instanceof Fault.Cut));
    }

    /** From now on nothing passes from one to the other; false if that is so already. */
    boolean cut(int from, int to) {
        Link link = new Link(from, to);
        if (walls.stream().anyMatch(wall -> wall.cause.equals(link))) {
            return false;
        }
        BitSet inside = new BitSet(nodes);
        inside.set(from);
        BitSet outside = new BitSet(nodes);
        outside.set(to);
        return walls.add(new Wall(link, inside, outside, true));
    }

    /** What {@link #cut} has cut is whole again; false if nothing was. */
    boolean mend(int from, int to) {
        Link link = new Link(from, to);
        return walls.removeIf(wall -> wall.cause.equals(link));
    }

    void tearDown(Fault fault) {
        walls.removeIf(wall -> wall.cause.equals(fault));
    }

    /** Loses, repeats and holds back nothing any more. */
    void heal() {
        lossBelow = 0;
        duplicateBelow = 0;
        reorderBelow = 0;
    }
}
