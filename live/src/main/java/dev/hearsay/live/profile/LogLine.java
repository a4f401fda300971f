package dev.hearsay.live.profile;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import java.nio.charset.StandardCharsets;

/** One line of a log, without its time. */
public record LogLine(Level level, String text) {

    private static final int CHARACTERS_SHOWN = 1000;

    /** How much it matters. */
    public enum Level {
        INFO,
        WARNING,
        ERROR
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

    /** The text of a message, or how it begins. */
    static String shown(byte[] payload) {
        // No character has more bytes.
        String text =
                new String(payload, 0, Math.min(payload.length, 4 * (CHARACTERS_SHOWN + 1)), StandardCharsets.UTF_8);
        if (text.length() <= CHARACTERS_SHOWN) {
            return text;
        }
        // Never half a character.
        int end = CHARACTERS_SHOWN - (Character.isHighSurrogate(text.charAt(CHARACTERS_SHOWN - 1)) ? 1 : 0);
        return text.substring(0, end) + "…";
    }

    static LogLine error(String text) {
        return new LogLine(Level.ERROR, text);
    }
}
