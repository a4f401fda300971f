package dev.hearsay.core.spread;

/**
 * How long a node keeps the rumors it can hand out again. Whichever limit is reached first counts; that it has seen a
 * rumor a node remembers beyond that.
 *
 * @param ageNanos since it was heard, or since the node started if that was later: no clock says how long it was down
 * @param rumors at most so many
 * @param bytes at most so many bytes of memory, payloads included, though always the newest rumor
 * @param overheadBytes the same of all but large payloads
 */
public record Retention(long ageNanos, int rumors, long bytes, long overheadBytes) {

    private static final long DAY_NANOS = 86_400_000_000_000L;

    /** A day, 100,000 rumors, 256 MiB. */
    public static final Retention DEFAULT = new Retention(DAY_NANOS, 100_000, 256L << 20);

    public Retention {
        if (ageNanos < 1 || rumors < 1 || bytes < 1 || overheadBytes < 1) {
            throw new IllegalArgumentException("retention must allow at least one rumor for some time");
        }
    }

    /** No bound of overhead but that of all bytes. */
    public Retention(long ageNanos, int rumors, long bytes) {
        this(ageNanos, rumors, bytes, bytes);
    }
}
