package dev.hearsay.live.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What of the heap may be taken, by what. The shares leave nearly a quarter free: for what a request needs while it is served, and for the collector to move things in.
 * Thread-safe.
 */
public final class MemoryBudget {

    /** One of the shares. What is counted is about what it takes. */
    public static final class Account {
        private final long max;
        private final AtomicLong used = new AtomicLong();

        public Account(long max) {
            this.max = max;
        }

        /** Takes so many bytes, unless there are not so many left. */
        public boolean take(long bytes) {
            if (used.addAndGet(bytes) <= max) {
                return true;
            }
            used.addAndGet(-bytes);
            return false;
        }

        /** Counts what is there, whether there is room or not; less than 0 for what is gone. */
        public void add(long bytes) {
            used.addAndGet(bytes);
        }

        public boolean hasRoom(long bytes) {
            return used.get() + bytes <= max;
        }

        public long used() {
            return used.get();
        }

        public long max() {
            return max;
        }
    }

    private static final int PERCENT = 100;
    private static final int PAYLOADS_PERCENT = 14;
    private static final int OVERHEAD_PERCENT = 25;
    private static final int QUEUES_PERCENT = 16;
    private static final int INCOMING_PERCENT = 8;
    private static final int SIGNALS_PERCENT = 4;
    private static final int RECORDING_PERCENT = 10;

    private static final MemoryBudget PROCESS =
            new MemoryBudget(Runtime.getRuntime().maxMemory());

    private final long bytes;
    private final Account payloads;
    private final Account overhead;
    private final Account queues;
    private final Account incoming;

    /** A budget of so many bytes of heap. */
    public MemoryBudget(long bytes) {
        this.bytes = bytes;
        this.payloads = new Account(share(PAYLOADS_PERCENT));
        this.overhead = new Account(share(OVERHEAD_PERCENT));
        this.queues = new Account(share(QUEUES_PERCENT));
        this.incoming = new Account(share(INCOMING_PERCENT));
    }

    /** That of this process. */
    public static MemoryBudget ofProcess() {
        return PROCESS;
    }

    private long share(int percent) {
        return bytes / PERCENT * percent;
    }

    /** Payloads of messages and values of keys, if they are large. */
    public Account payloads() {
        return payloads;
    }

    /** All else that nodes know of messages, origins and keys. */
    public Account overhead() {
        return overhead;
    }

    /** What waits for other nodes. */
    public Account queues() {
        return queues;
    }

    /** What is being read from connections. */
    public Account incoming() {
        return incoming;
    }

    /** The last events of all nodes together. */
    public long eventBytes() {
        return share(SIGNALS_PERCENT);
    }

    /** What nodes have lived through, see the recorder. */
    public long recordingBytes() {
        return share(RECORDING_PERCENT);
    }
}
