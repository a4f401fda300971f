package dev.hearsay.sim.queue;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A calendar queue (Brown, <i>Calendar queues: a fast O(1) priority queue implementation for the simulation event set
 * problem</i>, CACM 31, 1988) over primitive arrays: a ring of buckets, each for a short span of time. Events are thrown
 * into their bucket as they come, and a bucket is put in order when its time has come, if it is not in order already, as
 * it is when all messages take equally long.
 *
 * <p>What is due beyond the ring waits in a heap, and so does what is added to the bucket that is being read.
 */
public final class CalendarQueue implements EventQueue {

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int SLOT_MASK = CHUNK - 1;
    private static final int BUCKETS = 1 << 12;
    private static final int BUCKET_MASK = BUCKETS - 1;
    private static final int SHIFT_MAX = 30;

    /** A piece of a bucket. Pieces are never copied as a bucket grows, and are used again when it has been read. */
    private static final class Chunk {
        final long[] at = new long[CHUNK];
        final int[] node = new int[CHUNK];
        final int[] from = new int[CHUNK];
        final @Nullable Object[] what = new @Nullable Object[CHUNK];

        @Nullable
        Chunk next;
    }

    private static final class Bucket {
        @Nullable
        Chunk head;

        @Nullable
        Chunk tail;

        int count;
        long lastAt;
        boolean isInOrder = true;
    }

    /** A bucket spans 2<sup>shift</sup> nanoseconds. */
    private final int shift;

    private final Bucket[] ring = new Bucket[BUCKETS];

    /** A bit for each bucket of the ring that has events. */
    private final long[] occupied = new long[BUCKETS / Long.SIZE];

    private final EventHeap far = new EventHeap();
    private final EventHeap late = new EventHeap();
    private @Nullable Chunk free;
    private long ringSize;
    private long size;

    /** The bucket that is being read, as a number of spans since time 0. */
    private long reading = -1;

    private @Nullable Chunk[] run = new @Nullable Chunk[16];
    private int runSize;
    private int runAt;

    /** The run in order of time, as time in the bucket and place; null if it lies in order. */
    private long @Nullable [] runOrder;

    private long[] orderSpace = new long[CHUNK];

    private long atNanos;
    private int node;
    private int from;
    private @Nullable Object what;

    /**
     * An empty queue.
     *
     * @param delayNanos how far ahead events are usually added; the buckets are made to suit it
     */
    public CalendarQueue(long delayNanos) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, delayNanos / 16));
        shift = Math.clamp(bits, 10, SHIFT_MAX);
        for (int i = 0; i < BUCKETS; i++) {
            ring[i] = new Bucket();
        }
    }

    @Override
    public void add(long at, int toNode, int fromNode, Object object) {
        if (at < atNanos) {
            throw new IllegalArgumentException("an event at " + at + " ns comes after " + atNanos + " ns");
        }
        size++;
        long bucket = at >>> shift;
        if (bucket <= reading) {
            late.add(at, toNode, fromNode, object);
        } else if (bucket - reading < BUCKETS) {
            append(bucket, at, toNode, fromNode, object);
        } else {
            far.add(at, toNode, fromNode, object);
        }
    }

    private void append(long bucketNumber, long at, int toNode, int fromNode, Object object) {
        Bucket bucket = ring[(int) bucketNumber & BUCKET_MASK];
        int slot = bucket.count & SLOT_MASK;
        Chunk chunk = bucket.tail;
        if (chunk == null || slot == 0) {
            chunk = chunk();
            if (bucket.tail == null) {
                bucket.head = chunk;
                int place = (int) bucketNumber & BUCKET_MASK;
                occupied[place / Long.SIZE] |= 1L << place;
            } else {
                bucket.tail.next = chunk;
            }
            bucket.tail = chunk;
        }
        chunk.at[slot] = at;
        chunk.node[slot] = toNode;
        chunk.from[slot] = fromNode;
        chunk.what[slot] = object;
        if (bucket.count > 0 && at < bucket.lastAt) {
            bucket.isInOrder = false;
        }
        bucket.lastAt = at;
        bucket.count++;
        ringSize++;
    }

    private Chunk chunk() {
        Chunk chunk = free;
        if (chunk == null) {
            return new Chunk();
        }
        free = chunk.next;
        chunk.next = null;
        return chunk;
    }

    @Override
    public boolean next() {
        while (true) {
            if (runAt < runSize) {
                int place = runOrder == null ? runAt : (int) runOrder[runAt];
                Chunk chunk = Objects.requireNonNull(run[place >>> CHUNK_BITS]);
                // What is late was added after all that is in the run.
                if (late.isEmpty() || chunk.at[place & SLOT_MASK] <= late.atNanos()) {
                    take(chunk, place & SLOT_MASK);
                    return true;
                }
            }
            if (!late.isEmpty()) {
                takeLate();
                return true;
            }
            if (size == 0) {
                return false;
            }
            turnOver();
        }
    }

    private void take(Chunk chunk, int slot) {
        atNanos = chunk.at[slot];
        node = chunk.node[slot];
        from = chunk.from[slot];
        what = chunk.what[slot];
        chunk.what[slot] = null;
        runAt++;
        size--;
        ringSize--;
        if (runOrder == null) {
            if (slot == SLOT_MASK || runAt == runSize) {
                release((runAt - 1) >>> CHUNK_BITS);
            }
        } else if (runAt == runSize) {
            for (int i = 0; i <= (runSize - 1) >>> CHUNK_BITS; i++) {
                release(i);
            }
        }
    }

    private void release(int index) {
        Chunk chunk = Objects.requireNonNull(run[index]);
        run[index] = null;
        chunk.next = free;
        free = chunk;
    }

    private void takeLate() {
        atNanos = late.atNanos();
        node = late.node();
        from = late.from();
        what = late.what();
        late.remove();
        size--;
    }

    /** Goes on to the next bucket that has events; what is far is later than all that is in the ring. */
    private void turnOver() {
        reading = ringSize == 0 ? Math.max(reading + 1, far.atNanos() >>> shift) : nextOccupied();
        takeInFar();
        int place = (int) reading & BUCKET_MASK;
        occupied[place / Long.SIZE] &= ~(1L << place);
        open(ring[place]);
    }

    private long nextOccupied() {
        long bucket = reading + 1;
        while (true) {
            int place = (int) bucket & BUCKET_MASK;
            long rest = occupied[place / Long.SIZE] >>> place;
            if (rest != 0) {
                return bucket + Long.numberOfTrailingZeros(rest);
            }
            bucket += Long.SIZE - place % Long.SIZE;
        }
    }

    /** What has come into the reach of the ring goes there at once, before anything is added after it. */
    private void takeInFar() {
        while (!far.isEmpty() && (far.atNanos() >>> shift) - reading < BUCKETS) {
            append(far.atNanos() >>> shift, far.atNanos(), far.node(), far.from(), far.what());
            far.remove();
        }
    }

    private void open(Bucket bucket) {
        runAt = 0;
        runSize = bucket.count;
        int chunks = (runSize + SLOT_MASK) >>> CHUNK_BITS;
        if (run.length < chunks) {
            run = new @Nullable Chunk[Math.max(chunks, 2 * run.length)];
        }
        Chunk chunk = bucket.head;
        for (int i = 0; i < chunks; i++) {
            run[i] = chunk;
            chunk = Objects.requireNonNull(chunk).next;
        }
        runOrder = bucket.isInOrder ? null : order();
        bucket.head = null;
        bucket.tail = null;
        bucket.count = 0;
        bucket.isInOrder = true;
    }

    private long[] order() {
        if (orderSpace.length < runSize) {
            orderSpace = new long[Math.max(runSize, 2 * orderSpace.length)];
        }
        long start = reading << shift;
        for (int i = 0; i < runSize; i++) {
            Chunk chunk = Objects.requireNonNull(run[i >>> CHUNK_BITS]);
            orderSpace[i] = (chunk.at[i & SLOT_MASK] - start) << 32 | i;
        }
        Arrays.sort(orderSpace, 0, runSize);
        return orderSpace;
    }

    @Override
    public long atNanos() {
        return atNanos;
    }

    @Override
    public int node() {
        return node;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public Object what() {
        return Objects.requireNonNull(what, "next() has not been called");
    }

    @Override
    public int upcoming(int ahead) {
        int at = runAt + ahead;
        if (at >= runSize) {
            return -1;
        }
        int place = runOrder == null ? at : (int) runOrder[at];
        Chunk chunk = run[place >>> CHUNK_BITS];
        return chunk == null ? -1 : chunk.node[place & SLOT_MASK];
    }

    @Override
    public long size() {
        return size;
    }
}
