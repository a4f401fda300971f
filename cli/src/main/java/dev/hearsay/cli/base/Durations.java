package dev.hearsay.cli.base;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them, such as {@code 10s} or {@code 1.5ms}; held in nanoseconds. */
public final class Durations implements ITypeConverter<Long> {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h|d)");
    private static final long NANOS_MAX = 366L * 86_400_000_000_000L;

    @Override
    public Long convert(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /**
     * The nanoseconds of a duration.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static long parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write for example 10s, 500ms or 2m");
        }
        double nanos = Double.parseDouble(matcher.group(1)) * unitNanos(matcher.group(2));
        if (nanos > NANOS_MAX) {
            throw new IllegalArgumentException("'" + text + "' is longer than a year");
        }
        return Math.round(nanos);
    }

    private static double unitNanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            case "d" -> 86400e9;
            default -> throw new IllegalArgumentException("no unit " + unit);
        };
    }

    /** A duration measured in milliseconds, in the unit and with the digits that a person would use. */
    public static String ofMillis(double millis) {
        if (millis >= 60_000) {
            return span((long) (millis / 1000));
        }
        if (millis >= 1000) {
            return number(millis / 1000) + " s";
        }
        return millis >= 0.1 || millis == 0 ? number(millis) + " ms" : number(millis * 1000) + " µs";
    }

    /** Three digits, or as many as there are before the point. */
    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 9.995 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** A long time in its two largest units, such as {@code 2 h 5 min}. */
    public static String span(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }
}
