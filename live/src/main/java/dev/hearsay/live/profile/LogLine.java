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
        return warning("The key of seed " + seed + " was learnt at first contact: " + key
                + "; write it into config.txt after the address to be sure of it");
    }

    static LogLine error(String text) {
        return new LogLine(Level.ERROR, text);
    }
}
