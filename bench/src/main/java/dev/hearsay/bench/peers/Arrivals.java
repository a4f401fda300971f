package dev.hearsay.bench.peers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what arrives of a run of messages, numbered consecutively, until every node but its sender has every one of them. A
 * message that a node gets twice counts once.
 */
final class Arrivals {

    private final int firstNumber;
    private final int messages;
    private final int wordsPerNode;
    private final AtomicLongArray seen;
    private final AtomicLong missing;
    private final CountDownLatch complete = new CountDownLatch(1);
    private volatile long lastNanos;

    Arrivals(int nodes, int firstNumber, int messages) {
        this.firstNumber = firstNumber;
        this.messages = messages;
        this.wordsPerNode = (messages + 63) / 64;
        this.seen = new AtomicLongArray(nodes * wordsPerNode);
        this.missing = new AtomicLong((long) messages * (nodes - 1));
    }

    /** A node has got a message; those of an earlier run do not count. */
    void note(int node, int number) {
        int index = number - firstNumber;
        if (index < 0 || index >= messages) {
            return;
        }
        long bit = 1L << index;
        long before = seen.getAndUpdate(node * wordsPerNode + index / 64, word -> word | bit);
        if ((before & bit) == 0) {
            lastNanos = System.nanoTime();
            if (missing.decrementAndGet() == 0) {
                complete.countDown();
            }
        }
    }

    boolean await(long limitNanos) throws InterruptedException {
        return complete.await(limitNanos, TimeUnit.NANOSECONDS);
    }

    /** When the latest message came that a node did not have. */
    long lastNanos() {
        return lastNanos;
    }

    /** Deliveries that have not happened yet. */
    long missing() {
        return missing.get();
    }
}
