package dev.hearsay.live.fault;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.live.loop.Loop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/**
 * What a node has sent and a delay holds back, on the node's loop. Bounded: when it is full, what would go first is dropped, as
 * it is the oldest, and anti-entropy brings it.
 */
final class Holdback {

    static final int MESSAGES_MAX = 65_536;
    private static final long PAYLOAD_BYTES_MAX = 64L << 20;

    private record Held(long dueNanos, long number, NodeId to, Message message, long bytes) {}

    private final Loop loop;
    private final BiConsumer<NodeId, Message> way;
    private final ObjLongConsumer<NodeId> overflowed;
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparingLong(Held::dueNanos).thenComparingLong(Held::number));
    private final Map<NodeId, Long> lastDueNanos = new HashMap<>();

    /** Clocks begin anywhere, and may overflow; differences from here do not. */
    private final long originNanos = System.nanoTime();

    private long number;
    private long bytes;
    private long wokenNanos = Long.MAX_VALUE;

    /**
     * Holds nothing yet.
     *
     * @param way where messages go when it is time
     * @param overflowed told of a message that was dropped
     */
    Holdback(Loop loop, BiConsumer<NodeId, Message> way, ObjLongConsumer<NodeId> overflowed) {
        this.loop = loop;
        this.way = way;
        this.overflowed = overflowed;
    }

    int size() {
        return held.size();
    }

    private long nowNanos() {
        return System.nanoTime() - originNanos;
    }

    /**
     * Holds a message back.
     *
     * @param mayOvertake whether it may arrive before what was sent earlier on the same link, as a delay that varies has it
     */
    void add(NodeId to, Message message, long delayNanos, boolean mayOvertake) {
        long dueNanos = nowNanos() + delayNanos;
        if (!mayOvertake) {
            dueNanos = Math.max(dueNanos, lastDueNanos.getOrDefault(to, dueNanos));
        }
        lastDueNanos.merge(to, dueNanos, Math::max);
        Held one = new Held(dueNanos, number++, to, message, payloadBytes(message));
        held.add(one);
        bytes += one.bytes;
        while (held.size() > MESSAGES_MAX || (bytes > PAYLOAD_BYTES_MAX && held.size() > 1)) {
            overflowed.accept(take().to, 1);
        }
        wakeUp();
    }

    private static long payloadBytes(Message message) {
        if (message instanceof RumorProtocol.Gossip gossip) {
            return gossip.carried().rumor().size();
        } else if (message instanceof AntiEntropyProtocol.Repair repair) {
            return repair.rumors().stream().mapToLong(c -> c.rumor().size()).sum();
        } else if (message instanceof StateProtocol.Entries some) {
            return some.entries().stream()
                    .mapToLong(entry -> Math.max(0, entry.size()))
                    .sum();
        }
        return 0;
    }

    private Held take() {
        Held first = held.remove();
        bytes -= first.bytes;
        return first;
    }

    private void wakeUp() {
        Held first = held.peek();
        if (first != null && first.dueNanos < wokenNanos) {
            wokenNanos = first.dueNanos;
            loop.after(Math.max(0, first.dueNanos - nowNanos()), this::release);
        }
    }

    private void release() {
        wokenNanos = Long.MAX_VALUE;
        long now = nowNanos();
        while (!held.isEmpty() && held.peek().dueNanos <= now) {
            Held first = take();
            way.accept(first.to, first.message);
        }
        if (held.isEmpty()) {
            lastDueNanos.clear();
        }
        wakeUp();
    }

    /** Lets what is for such nodes go at once, in the order in which it would have gone. */
    void release(Predicate<NodeId> receivers) {
        if (held.isEmpty()) {
            return;
        }
        List<Held> all = new ArrayList<>(held.size());
        while (!held.isEmpty()) {
            all.add(take());
        }
        for (Held one : all) {
            if (receivers.test(one.to)) {
                lastDueNanos.remove(one.to);
                way.accept(one.to, one.message);
            } else {
                held.add(one);
                bytes += one.bytes;
            }
        }
    }

    void clear() {
        held.clear();
        lastDueNanos.clear();
        bytes = 0;
    }
}
