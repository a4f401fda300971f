package dev.hearsay.sim;

import dev.hearsay.core.math.Percentiles;
import java.util.Arrays;

/**
 * What runs have shown of a measure. A mean is over those that have a value; quantiles are over all, one without a value being beyond every other. Without
 * values all numbers are NaN, and so are ends of intervals for which there are too few runs, or of which the runs tell nothing, and quantiles that fall on runs
 * without a value.
 *
 * @param runs how many there were
 * @param known how many of them have a value
 * @param low the lower end of the interval that holds the true mean with a probability of 95 %
 * @param p5 the smallest value such that 5 % of the runs are no greater
 * @param medianLow the lower end of the interval that holds the true median with a probability of 95 %, however the values are distributed
 */
public record Estimate(
        int runs,
        int known,
        double mean,
        double low,
        double high,
        double p5,
        double median,
        double p95,
        double medianLow,
        double medianHigh) {

    /** What is known of the values of a measure beforehand, so which interval of their mean can be had. */
    enum Kind {
        /** They are not negative, and scatter about one value: Student's t. */
        ALIKE,
        /** They are from 0 to 1, and a few runs need not show either end: one run at each is supposed (as Agresti and Coull do with proportions, 1998). */
        SHARES,
        /** Now and then one may be far from all others, how far nobody knows: there is an interval of the median only. */
        MIXED
    }

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

    /** Of such values; NaN stands for none. */
    static Estimate of(double[] values, Kind kind) {
        // Sorted, so that the last digit does not depend on which run was done first.
        double[] known = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double low = Double.NaN;
        double high = Double.NaN;
        if (known.length > 1 && kind != Kind.MIXED) {
            boolean isSupposed = kind == Kind.SHARES;
            double[] lower = isSupposed ? with(known, 0) : known;
            double[] upper = isSupposed ? with(known, 1) : known;
            low = Math.max(0, mean(lower) - halfWidth(lower));
            high = Math.min(isSupposed ? 1 : Double.MAX_VALUE, mean(upper) + halfWidth(upper));
        }
        int rank = medianRank(values.length);
        return new Estimate(
                values.length,
                known.length,
                mean(known),
                low,
                high,
                quantile(known, values.length, 5),
                quantile(known, values.length, 50),
                quantile(known, values.length, 95),
                ranked(known, rank),
                ranked(known, rank == 0 ? 0 : values.length + 1 - rank));
    }

    private static double[] with(double[] values, double one) {
        double[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = one;
        return more;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /**
     * The greatest k such that the median is between the k-th smallest and the k-th greatest of so many values with 95 %: at most 2.5 % of as many tosses of a coin
     * show fewer than k heads. 0 if there are too few values.
     */
    static int medianRank(int count) {
        // How probable so many heads are, as multiples of the most probable number of them.
        double[] weights = new double[count + 1];
        weights[count / 2] = 1;
        weights[count - count / 2] = 1;
        for (int heads = count / 2; heads > 0; heads--) {
            weights[heads - 1] = weights[heads] * heads / (count - heads + 1);
            weights[count - heads + 1] = weights[heads - 1];
        }
        double most = 0.025 * Arrays.stream(weights).sum();
        double sum = weights[0];
        int rank = 0;
        while (sum <= most) {
            sum += weights[++rank];
        }
        return rank;
    }

    private static double ranked(double[] sorted, int rank) {
        return rank > 0 && rank <= sorted.length ? sorted[rank - 1] : Double.NaN;
    }

    /** Half the width of the interval by Student's t. */
    private static double halfWidth(double[] values) {
        int count = values.length;
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return studentPoint(count - 1) * Math.sqrt(squares / (count - 1) / count);
    }

    private static double quantile(double[] sorted, int total, int percent) {
        return ranked(sorted, Percentiles.rank(total, percent));
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
