package dev.hearsay.sim;

import java.util.List;

/** Spans of time as people write them: a number and a unit, {@code 10ms}, {@code 1.5s}, {@code 2m}. */
public final class Durations {

    /** For help texts. */
    public static final String SYNTAX = "a number and a unit (ns, us, ms, s, m, h)";

    private record Unit(String name, long nanos) {}

    /** Largest first. */
    private static final List<Unit> UNITS = List.of(
            new Unit("h", 3_600_000_000_000L),
            new Unit("m", 60_000_000_000L),
            new Unit("s", 1_000_000_000L),
            new Unit("ms", 1_000_000L),
            new Unit("us", 1_000L),
            new Unit("ns", 1L));

    private static final int DIGITS_MAX = 18;

    private Durations() {}

    /**
     * Reads a duration, in nanoseconds. A bare {@code 0} needs no unit.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        int end = 0;
        while (end < text.length() && isDigitOrPoint(text.charAt(end))) {
            end++;
        }
        String unitName = text.substring(end);
        for (Unit unit : UNITS) {
            if (unit.name.equals(unitName)) {
                return nanos(text, text.substring(0, end), unit.nanos);
            }
        }
        throw isNone(text);
    }

    private static boolean isDigitOrPoint(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    private static long nanos(String text, String number, long unitNanos) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String fraction = point < 0 ? "" : number.substring(point + 1);
        boolean isNumber = !whole.isEmpty() && fraction.indexOf('.') < 0 && (point < 0 || !fraction.isEmpty());
        if (!isNumber) {
            throw isNone(text);
        }
        if (whole.length() > DIGITS_MAX || Long.parseLong(whole) > Long.MAX_VALUE / 2 / unitNanos) {
            throw new IllegalArgumentException("'" + text + "' is too long a time");
        }
        long nanos = Long.parseLong(whole) * unitNanos;
        long place = unitNanos;
        for (int i = 0; i < fraction.length(); i++) {
            int digit = fraction.charAt(i) - '0';
            if (place % 10 != 0 && digit != 0) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number of nanoseconds");
            }
            place /= 10;
            nanos += digit * place;
        }
        return nanos;
    }

    private static IllegalArgumentException isNone(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a duration; write " + SYNTAX + ", such as 10ms or 1.5s");
    }

    /** Writes a duration so that {@link #parse} reads the same: in the largest unit of which it is a whole number. */
    public static String text(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        for (Unit unit : UNITS) {
            if (nanos % unit.nanos == 0) {
                return nanos / unit.nanos + unit.name;
            }
        }
        throw new IllegalStateException("every number is a whole number of nanoseconds");
    }
}
