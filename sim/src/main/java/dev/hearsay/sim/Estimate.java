package dev.hearsay.sim;

import dev.hearsay.core.math.Percentiles;
import java.util.Arrays;

/**
 * What runs have shown of a measure. A mean is over those that have a value; quantiles are over all, one without a value being beyond every other. Without
 * values all numbers are NaN, and so are the ends of an interval of fewer than two, and quantiles that fall on runs without a value.
 *
 * @param runs how many there were
 * @param known how many of them have a value
 * @param low the lower end of the interval that holds the true mean with a probability of 95 %
 * @param p5 the smallest value such that 5 % of the runs are no greater
 */
public record Estimate(
        int runs, int known, double mean, double low, double high, double p5, double median, double p95) {

    /** The 97.5 % points of Student's t with 1 … 30 degrees of freedom. */
    private static final double[] POINTS = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL_POINT = 1.959964;

    /**
     * A share and the interval that holds the true one with a probability of 95 %.
     *
     * @param low the lower end, by Wilson (<i>Probable inference, the law of succession, and statistical inference</i>, 1927)
     */
    public record Share(double share, double low, double high) {

        static Share of(int count, int total) {
            double square = NORMAL_POINT * NORMAL_POINT;
            double middle = (count + square / 2) / (total + square);
            double spread = count * (double) (total - count) / total + square / 4;
            double half = NORMAL_POINT * Math.sqrt(spread) / (total + square);
            return new Share(
                    (double) count / total,
                    count == 0 ? 0 : Math.max(0, middle - half),
                    count == total ? 1 : Math.min(1, middle + half));
        }
    }

    /** Of such values, none of which is negative; NaN stands for none. */
    static Estimate of(double[] values) {
        return of(values, Double.NaN, Double.POSITIVE_INFINITY);
    }

    /**
     * The same where now and then a run is of quite another kind, as those in which a rumor dies out. A few runs need not show any, so one is supposed (as
     * Agresti and Coull do with proportions, 1998): the end of the interval that is on its side is that of the values with it.
     *
     * @param rare what such a run has at worst; NaN if there are none
     * @param max what no value is above
     */
    static Estimate of(double[] values, double rare, double max) {
        // Sorted, so that the last digit does not depend on which run was done first.
        double[] known = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double low = mean - halfWidth(known);
        double high = mean + halfWidth(known);
        if (known.length > 1 && !Double.isNaN(rare)) {
            double[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = rare;
            double middle = Arrays.stream(more).average().orElse(Double.NaN);
            low = rare < mean ? middle - halfWidth(more) : low;
            high = rare < mean ? high : middle + halfWidth(more);
        }
        return new Estimate(
                values.length,
                known.length,
                mean,
                Math.max(0, low),
                Math.min(max, high),
                quantile(known, values.length, 5),
                quantile(known, values.length, 50),
                quantile(known, values.length, 95));
    }

    /** Half the width of the interval by Student's t. */
    private static double halfWidth(double[] values) {
        int count = values.length;
        if (count < 2) {
            return Double.NaN;
        }
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return studentPoint(count - 1) * Math.sqrt(squares / (count - 1) / count);
    }

    private static double quantile(double[] sorted, int total, int percent) {
        int rank = Percentiles.rank(total, percent);
        return rank <= sorted.length ? sorted[rank - 1] : Double.NaN;
    }

    /** Beyond the table by the first terms of Fisher's expansion, which are exact to three digits there. */
    static double studentPoint(int degrees) {
        if (degrees <= POINTS.length) {
            return POINTS[degrees - 1];
        }
        double z = NORMAL_POINT;
        double z3 = z * z * z;
        return z + (z3 + z) / (4 * degrees) + (5 * z3 * z * z + 16 * z3 + 3 * z) / (96.0 * degrees * degrees);
    }

    /** The share of the runs that have no value: the rumor never got so far. */
    public Share missing() {
        return Share.of(runs - known, runs);
    }
}
