package dev.hearsay.cli.base;

import dev.hearsay.sim.Durations;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write and read them. As an option's converter it reads what simulations read, into nanoseconds. */
public final class Spans implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
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
