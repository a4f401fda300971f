package dev.hearsay.live.node;

import java.util.Optional;

/**
 * Which of the things that a node refuses are told: the first few at once, then one every ten seconds with how many there were in between. A stranger
 * decides how often there is something to refuse, and must not fill logs by that, nor push what matters out of the ring.
 */
final class Refusals {

    private static final int AT_ONCE_MAX = 10;
    private static final long NEXT_NANOS = 10_000_000_000L;

    private int left = AT_ONCE_MAX;
    private long sinceNanos;
    private long untold;

    /** The words to tell about this one; empty if it is only counted. */
    Optional<String> next(long nowNanos, String reason) {
        if (left == AT_ONCE_MAX) {
            sinceNanos = nowNanos;
        }
        long regained = (nowNanos - sinceNanos) / NEXT_NANOS;
        left = (int) Math.min(AT_ONCE_MAX, left + regained);
        sinceNanos += regained * NEXT_NANOS;
        if (left == 0) {
            untold++;
            return Optional.empty();
        }
        left--;
        String words = untold == 0 ? reason : reason + " (and " + untold + " more that are not told)";
        untold = 0;
        return Optional.of(words);
    }
}
