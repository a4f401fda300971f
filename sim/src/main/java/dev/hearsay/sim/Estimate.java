package dev.hearsay.sim;

import java.util.Arrays;

/**
 * A mean and the interval that holds the true one with a probability of 95 %, by Student's t. Of a single value there is
 * no interval: its ends are the value. Of none, all three are NaN.
 */
public record Estimate(double mean, double low, double high) {

    /** The 97.5 % points of Student's t with 1 … 30 degrees of freedom. */
    private static final double[] POINTS = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL_POINT = 1.959964;

    /** Of these values, those that are not NaN. */
    static Estimate of(double[] values) {
        double[] known =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        int count = known.length;
        if (count == 0) {
            return new Estimate(Double.NaN, Double.NaN, Double.NaN);
        }
        double mean = Arrays.stream(known).sum() / count;
        if (count == 1) {
            return new Estimate(mean, mean, mean);
        }
        double squares = 0;
        for (double value : known) {
            squares += (value - mean) * (value - mean);
        }
        double half = studentPoint(count - 1) * Math.sqrt(squares / (count - 1) / count);
        return new Estimate(mean, mean - half, mean + half);
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
}
