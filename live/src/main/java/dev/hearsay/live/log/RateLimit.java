package dev.hearsay.live.log;

import java.util.Optional;

/**
 * Which of the things that a stranger can cause again and again are told: the first few at once, then one every so often with how many there were in
 * between. A stranger decides how often there is something to tell, and must not fill logs by that, nor push what matters out of the ring. May be used by
 * any thread.
 */
public final class RateLimit {

    private final int atOnceMax;
    private final long nextNanos;
    private int left;
    private long sinceNanos;
    private long untold;

    /**
     * A limit.
     *
     * @param atOnceMax so many are told at once
     * @param nextNanos after so long there may be one more
     */
    public RateLimit(int atOnceMax, long nextNanos) {
        this.atOnceMax = atOnceMax;
        this.nextNanos = nextNanos;
        this.left = atOnceMax;
    }

    /** For what nobody should be able to cause at all: ten at once, then one every ten seconds. */
    public static RateLimit strict() {
        return new RateLimit(10, 10_000_000_000L);
    }

    /** For what also happens by itself: a hundred at once, then one a second. */
    public static RateLimit lenient() {
        return new RateLimit(100, 1_000_000_000L);
    }

    /** The words to tell about this one; empty if it is only counted. */
    public synchronized Optional<String> next(long nowNanos, String words) {
        if (!allows(nowNanos)) {
            untold++;
            return Optional.empty();
        }
        String told = untold == 0 ? words : words + " (and " + untold + " more that are not told)";
        untold = 0;
        return Optional.of(told);
    }

    private boolean allows(long nowNanos) {
        if (left == atOnceMax) {
            sinceNanos = nowNanos;
        }
        long regained = (nowNanos - sinceNanos) / nextNanos;
        left = (int) Math.min(atOnceMax, left + regained);
        sinceNanos += regained * nextNanos;
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
