package dev.hearsay.live.recording;

import dev.hearsay.core.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tapes of all nodes of a process. Together they hold so much and no more: lives that are over make room first, then each node for itself. Thread-safe.
 */
public final class Recorder {

    /**
     * How much is kept, of all lives together.
     *
     * @param entries inputs, and what came of them: an input has three to four
     * @param bytes of payloads
     */
    public record Limits(long entries, long bytes) {
        /** What an entry and what it refers to may take of the heap; tapes take an eighth of it at most, payloads another. */
        private static final long ENTRY_BYTES = 100;

        private static final int SHARE_OF_HEAP = 8;
        private static final long ENTRIES_MAX = 1_000_000;
        private static final long BYTES_MAX = 64L << 20;

        /** A million entries and 64 MiB of payloads, or less where the heap is small. */
        public static Limits ofHeap(long heapBytes) {
            long share = heapBytes / SHARE_OF_HEAP;
            return new Limits(Math.min(ENTRIES_MAX, share / ENTRY_BYTES), Math.min(BYTES_MAX, share));
        }

        public Limits {
            if (entries < 1 || bytes < 1) {
                throw new IllegalArgumentException("a recorder needs room for at least one entry");
            }
        }
    }

    private static final long PIECE_BYTES_MIN = 4 << 10;
    private static final long PIECE_BYTES_MAX = 256 << 10;

    /** What is in pieces that are not full, and so not counted, is at most this part of the limit. */
    private static final long SHARE_UNCOUNTED = 4;

    private final Limits limits;
    private final List<LifeTape> tapes = new CopyOnWriteArrayList<>();
    private final Queue<LifeTape> ended = new ConcurrentLinkedQueue<>();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long pieceBytes = PIECE_BYTES_MAX;

    public Recorder(Limits limits) {
        this.limits = limits;
    }

    /** The tape of a life that is about to begin. */
    public LifeTape begin(Beginning beginning) {
        LifeTape tape = new LifeTape(this, beginning);
        tapes.add(tape);
        bytes.addAndGet(Sizes.of(beginning.remembered()));
        pieceBytes = Math.clamp(limits.bytes / (SHARE_UNCOUNTED * tapes.size()), PIECE_BYTES_MIN, PIECE_BYTES_MAX);
        return tape;
    }

    /** The tapes of all lives of which something is left. */
    List<LifeTape> tapes() {
        return List.copyOf(tapes);
    }

    /** How much is kept now. */
    public Kept kept() {
        Kept sum = Kept.NOTHING;
        Set<NodeId> nodes = new HashSet<>();
        for (LifeTape tape : tapes) {
            nodes.add(tape.node());
            sum = sum.plus(tape.kept());
        }
        return sum.plus(new Kept(1, nodes.size(), 0, 0, 0, 0, 0));
    }

    long pieceBytes() {
        return pieceBytes;
    }

    void ended(LifeTape tape) {
        ended.add(tape);
    }

    /** A piece of a tape is full. */
    void filled(LifeTape tape, long newEntries, long newBytes) {
        entries.addAndGet(newEntries);
        bytes.addAndGet(newBytes);
        while (entries.get() > limits.entries || bytes.get() > limits.bytes) {
            LifeTape oldest = ended.peek();
            LifeTape.Dropped dropped = oldest == null ? null : oldest.dropOldest();
            if (oldest != null && dropped == null) {
                // Only what it never filled is left of it.
                ended.remove(oldest);
                tapes.remove(oldest);
                continue;
            }
            dropped = dropped == null ? tape.dropOldest() : dropped;
            if (dropped == null) {
                return;
            }
            entries.addAndGet(-dropped.entries());
            bytes.addAndGet(-dropped.bytes());
        }
    }
}
