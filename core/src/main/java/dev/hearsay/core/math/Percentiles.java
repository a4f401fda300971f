package dev.hearsay.core.math;

/** Order statistics by nearest rank: every percentile is a value that occurred. */
public final class Percentiles {

    private Percentiles() {}

    /**
     * The smallest value such that at least {@code percent} of {@code total} are no greater; values that never came
     * count as infinitely large.
     *
     * @param sorted the values that came, ascending
     * @param total how many there should have been, at least {@code sorted.length}
     * @return the value, or -1 if not so many came
     */
    public static long nearestRank(long[] sorted, int total, double percent) {
        int rank = rank(total, percent);
        return rank <= sorted.length ? sorted[rank - 1] : -1;
    }

    /** At which place among {@code total} ascending values that one stands, from 1. */
    public static int rank(int total, double percent) {
        return (int) Math.max(1, Math.ceil(total * percent / 100));
    }
}
