package dev.hearsay.live.transport;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what an endpoint tells. */
final class RecordingReceiver implements Transport.Receiver {

    record Got(NodeId from, Message message) {}

    final Queue<Got> got = new ConcurrentLinkedQueue<>();
    final Queue<NodeId> linked = new ConcurrentLinkedQueue<>();
    final Queue<String> refused = new ConcurrentLinkedQueue<>();
    final AtomicLong overflowed = new AtomicLong();
    final AtomicLong turnedAway = new AtomicLong();
    final Traffic traffic = new Traffic();
    final Set<NodeId> strangers = ConcurrentHashMap.newKeySet();
    volatile boolean isOpen = true;

    @Override
    public boolean received(NodeId from, List<Message> messages) {
        if (!isOpen) {
            turnedAway.incrementAndGet();
            return false;
        }
        messages.forEach(message -> got.add(new Got(from, message)));
        return true;
    }

    @Override
    public boolean knows(NodeId node) {
        return !strangers.contains(node);
    }

    @Override
    public void linked(NodeId to) {
        linked.add(to);
    }

    @Override
    public void overflowed(NodeId to, long messages) {
        overflowed.addAndGet(messages);
    }

    @Override
    public void refused(String reason) {
        refused.add(reason);
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    /** The numbers that have come in summaries. */
    List<Long> numbers() {
        return got.stream()
                .filter(one -> one.message() instanceof AntiEntropyProtocol.Summary)
                .map(one -> ((AntiEntropyProtocol.Summary) one.message()).rumors())
                .toList();
    }
}
