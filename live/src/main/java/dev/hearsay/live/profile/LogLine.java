package dev.hearsay.live.profile;

import java.util.Objects;

/** One line of a log, without its time. */
public record LogLine(Level level, String text) {

    /** How much it matters. */
    public enum Level {
        INFO,
        WARNING,
        ERROR
    }

    public LogLine {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(text, "text");
    }

    static LogLine info(String text) {
        return new LogLine(Level.INFO, text);
    }

    static LogLine warning(String text) {
        return new LogLine(Level.WARNING, text);
    }

    static LogLine error(String text) {
        return new LogLine(Level.ERROR, text);
    }
}
