package dev.hearsay.live.profile;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
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

    /** Both networks say this alike. */
    static LogLine learnt(NodeId seed, PublicKey key) {
        return info("First contact with seed " + seed
                + ": config.txt gives no key for it, so the one it has shown holds from now" + " on: " + key);
    }

    static LogLine error(String text) {
        return new LogLine(Level.ERROR, text);
    }
}
