package dev.hearsay.sim;

/** Fractions as people write them: {@code 1%}, {@code 0.5%}, {@code 0.01}. */
public final class Fractions {

    /** For help texts. */
    public static final String SYNTAX = "a percentage such as 1% or a fraction such as 0.01";

    private Fractions() {}

    /**
     * Reads a fraction of 0 to 1.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static double parse(String text) {
        boolean isPercentage = text.endsWith("%");
        String number = isPercentage ? text.substring(0, text.length() - 1) : text;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                throw isNone(text);
            }
        }
        double value;
        try {
            value = Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw isNone(text);
        }
        double fraction = isPercentage ? value / 100 : value;
        if (fraction > 1) {
            throw new IllegalArgumentException("'" + text + "' is more than the whole; write " + SYNTAX);
        }
        return fraction;
    }

    private static IllegalArgumentException isNone(String text) {
        return new IllegalArgumentException("'" + text + "' is not a fraction; write " + SYNTAX);
    }

    /** Writes a fraction so that {@link #parse} reads the same, as a percentage where that is exact. */
    public static String text(double fraction) {
        double percent = Math.rint(fraction * 1e8) / 1e6;
        String text = (percent == Math.rint(percent) ? Long.toString((long) percent) : plain(percent)) + "%";
        return parse(text) == fraction ? text : plain(fraction);
    }

    /** Without an exponent, which the syntax does not have. */
    private static String plain(double value) {
        String text = Double.toString(value);
        int exponentAt = text.indexOf('E');
        if (exponentAt < 0) {
            return text;
        }
        int exponent = Integer.parseInt(text.substring(exponentAt + 1));
        String digits = text.substring(0, exponentAt).replace(".", "");
        return "0." + "0".repeat(-exponent - 1) + digits;
    }
}
