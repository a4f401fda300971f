package dev.hearsay.live.recording;

import dev.hearsay.core.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The journals of all nodes of a process. Together they hold so much and no more: lives that are over make room first, then each node for itself. Thread-safe.
 */
public final class Recorder {

    /**
     * How much is kept, of all lives together.
     *
     * @param entries inputs, and what came of them: an input has three to four
     * @param bytes of what they hold beyond that, such as payloads
     */
    public record Limits(long entries, long bytes) {
        /** About what an entry and what it refers to take. */
        private static final long ENTRY_BYTES = 100;

        private static final long ENTRIES_MAX = 1_000_000;
        private static final long BYTES_MAX = 64L << 20;

        /** A million entries and 64 MiB of what they hold, or less where there is less memory: half of it for each. */
        public static Limits of(long memoryBytes) {
            long share = memoryBytes / 2;
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
    private static final int PIECE_ENTRIES_MIN = 16;
    private static final int PIECE_ENTRIES_MAX = 512;

    /** What is in pieces that are not full, and so not counted, is at most this part of the limit. */
    private static final long SHARE_UNCOUNTED = 4;

    private final Limits limits;
    private final List<NodeJournal> journals = new CopyOnWriteArrayList<>();
    private final Queue<NodeJournal> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger living = new AtomicInteger();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong droppedLives = new AtomicLong();
    private final AtomicLong droppedMicros = new AtomicLong();
    private volatile long pieceBytes;
    private volatile int pieceEntries;

    public Recorder(Limits limits) {
        this.limits = limits;
        sizePieces(1);
    }

    /** The journal of a life that is about to begin. */
    public NodeJournal begin(Beginning beginning) {
        int lives = living.incrementAndGet();
        sizePieces(lives);
        // It stays until its life has filled a piece, so what all remember must not be most of what there is.
        boolean fits = Sizes.of(beginning.remembered()) <= limits.bytes / 2 / lives;
        NodeJournal journal = new NodeJournal(this, fits ? beginning : beginning.forgotten(), fits ? 0 : 1);
        journals.add(journal);
        bytes.addAndGet(journal.rememberedBytes());
        makeRoom(journal);
        return journal;
    }

    private void sizePieces(int journalsBeingWritten) {
        long shares = SHARE_UNCOUNTED * Math.max(1, journalsBeingWritten);
        pieceBytes = Math.clamp(limits.bytes / shares, PIECE_BYTES_MIN, PIECE_BYTES_MAX);
        pieceEntries = Math.clamp(limits.entries / shares, PIECE_ENTRIES_MIN, PIECE_ENTRIES_MAX);
    }

    /** The journals of all lives of which something is left. */
    List<NodeJournal> journals() {
        return List.copyOf(journals);
    }

    /** How much is kept now. */
    public Kept kept() {
        Kept sum = Kept.NOTHING;
        Set<NodeId> nodes = new HashSet<>();
        for (NodeJournal journal : journals) {
            nodes.add(journal.node());
            sum = sum.plus(journal.kept());
        }
        long lives = droppedLives.get();
        long untilMicros = droppedMicros.get();
        return sum.plus(new Kept(1, nodes.size(), 0, 0, 0, 0, lives == 0 ? 0 : untilMicros + 1, lives, untilMicros));
    }

    /** How much a piece of a journal may hold until it is counted. */
    long pieceBytes() {
        return pieceBytes;
    }

    /** How many entries a piece of a journal has at most. */
    int pieceEntries() {
        return pieceEntries;
    }

    /** A life is over, and all of its journal is counted. */
    void ended(NodeJournal journal) {
        sizePieces(living.decrementAndGet());
        ended.add(journal);
        if (journal.isSpent()) {
            forget(journal);
        }
    }

    /** A life has not begun after all. */
    void withdrawn(NodeJournal journal) {
        sizePieces(living.decrementAndGet());
        journals.remove(journal);
        bytes.addAndGet(-journal.rememberedBytes());
    }

    /** A piece of a journal is full. */
    void filled(NodeJournal journal, long newEntries, long newBytes) {
        entries.addAndGet(newEntries);
        bytes.addAndGet(newBytes);
        makeRoom(journal);
    }

    private void makeRoom(NodeJournal journal) {
        while (entries.get() > limits.entries || bytes.get() > limits.bytes) {
            NodeJournal oldest = ended.peek();
            NodeJournal.Dropped dropped = (oldest == null ? journal : oldest).dropOldest();
            if (dropped != null) {
                entries.addAndGet(-dropped.entries());
                bytes.addAndGet(-dropped.bytes());
            }
            if (oldest != null && oldest.isSpent()) {
                forget(oldest);
            } else if (dropped == null) {
                return;
            }
        }
    }

    /** All of a life has made room. */
    private void forget(NodeJournal journal) {
        ended.remove(journal);
        if (journals.remove(journal)) {
            droppedMicros.accumulateAndGet(journal.droppedMicros(), Math::max);
            droppedLives.incrementAndGet();
        }
    }
}
