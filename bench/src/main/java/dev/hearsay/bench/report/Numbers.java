package dev.hearsay.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them, and what is typical of several. */
public final class Numbers {

    private Numbers() {}

    /** With three significant digits, or all digits of a whole number beyond that, in groups of three; – if not finite. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        int decimals = value == 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** The same with what it is measured in. */
    public static String of(double value, String unit) {
        return unit.isEmpty() ? of(value) : of(value) + " " + unit;
    }

    /** The middle one, or the mean of the two in the middle; NaN of none. */
    public static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
