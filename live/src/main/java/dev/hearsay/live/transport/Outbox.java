package dev.hearsay.live.transport;

import dev.hearsay.live.memory.MemoryBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one peer, encoded. Bounded: when it is full the oldest go, for the newest are what the peer will miss most,
 * and anti-entropy brings the others.
 */
final class Outbox {

    /** A peer that has not taken so many signs of life has no use for more. */
    private static final int URGENT_MAX = 16;

    private final int messagesMax;
    private final long bytesMax;
    private final MemoryBudget.Account account;
    private final ArrayDeque<byte[]> urgent = new ArrayDeque<>(1);
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(4);
    private long bytes;

    /** Of the batch that was taken and is not done with. */
    private long takenBytes;

    /**
     * An outbox of at most so many messages, and so many bytes unless a single message has more.
     *
     * @param account what all outboxes of the process hold together; when that is too much, each makes do with its newest message
     */
    Outbox(int messagesMax, long bytesMax, MemoryBudget.Account account) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
        this.account = account;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && urgent.isEmpty();
    }

    int size() {
        return waiting.size() + urgent.size();
    }

    /** Adds a small message that goes before all others; returns how many old ones of its kind had to go for it. */
    int addUrgent(byte[] message) {
        urgent.addLast(message);
        if (urgent.size() <= URGENT_MAX) {
            return 0;
        }
        urgent.removeFirst();
        return 1;
    }

    /** Adds a message; returns how many old ones had to go for it. */
    int add(byte[] message) {
        waiting.addLast(message);
        count(message.length);
        return dropOverLimit();
    }

    /** Puts what was taken, and did not arrive, back in front; returns how many had to go. */
    int putBack(List<byte[]> messages) {
        done();
        for (byte[] message : messages.reversed()) {
            waiting.addFirst(message);
            count(message.length);
        }
        return dropOverLimit();
    }

    private int dropOverLimit() {
        int dropped = 0;
        while (waiting.size() > messagesMax || ((bytes > bytesMax || !account.hasRoom(0)) && waiting.size() > 1)) {
            count(-waiting.removeFirst().length);
            dropped++;
        }
        return dropped;
    }

    private void count(long more) {
        bytes += more;
        account.add(more);
    }

    /** What was taken last has arrived, or is given up. */
    void done() {
        account.add(-takenBytes);
        takenBytes = 0;
    }

    /** Takes what is urgent and then the oldest, as many as fit into so many bytes, though at least one. */
    List<byte[]> take(long batchBytesMax) {
        List<byte[]> batch = new ArrayList<>(Math.min(size(), 64));
        batch.addAll(urgent);
        urgent.clear();
        long batchBytes = 0;
        while (!waiting.isEmpty() && (batch.isEmpty() || batchBytes + waiting.getFirst().length <= batchBytesMax)) {
            byte[] message = waiting.removeFirst();
            bytes -= message.length;
            takenBytes += message.length;
            batchBytes += message.length;
            batch.add(message);
        }
        return batch;
    }

    /** Throws everything away; returns how much it was. */
    int clear() {
        int dropped = size();
        waiting.clear();
        urgent.clear();
        count(-bytes);
        return dropped;
    }
}
