package dev.hearsay.cli.output;

import dev.hearsay.wire.PlainText;
import java.util.stream.Collectors;

/** Text of strangers, made harmless: a terminal obeys control characters, and people believe what they read. */
public final class Plain {

    private Plain() {}

    /**
     * The text with everything that would not simply be seen written as an escape: control characters, those that turn
     * the direction of writing, invisible ones, line separators, and halves of surrogate pairs.
     */
    public static String of(String text) {
        return PlainText.of(text);
    }

    /** As {@link #of}, for text of our own that may have several lines. */
    public static String lines(String text) {
        return String.join("\n", text.lines().map(Plain::of).toList());
    }

    /** As {@link #of}, for text that is JSON, in its own escapes: those of its strings that JSON leaves as they are. */
    public static String json(String json) {
        if (json.chars().allMatch(c -> c <= '~')) {
            return json;
        }
        return json.codePoints()
                .mapToObj(Character::toString)
                .map(c -> c.equals("\n") || of(c).equals(c) ? c : jsonEscapes(c))
                .collect(Collectors.joining());
    }

    private static String jsonEscapes(String character) {
        return character.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    /** How many columns of a terminal the text takes. */
    public static int width(String text) {
        int width = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            width += width(c);
            i += Character.charCount(c);
        }
        return width;
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    /** The blocks that Unicode Standard Annex 11 calls wide: East Asian scripts and emoji. */
    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115F
                        || c == 0x2329
                        || c == 0x232A
                        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                        || (c >= 0xAC00 && c <= 0xD7A3)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0xFE30 && c <= 0xFE6F)
                        || (c >= 0xFF00 && c <= 0xFF60)
                        || (c >= 0xFFE0 && c <= 0xFFE6)
                        || (c >= 0x1F300 && c <= 0x1F64F)
                        || (c >= 0x1F680 && c <= 0x1F6FF)
                        || (c >= 0x1F900 && c <= 0x1FAFF)
                        || (c >= 0x20000 && c <= 0x3FFFD));
    }

    /** The text, cut to so many columns with an ellipsis where it is longer. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int width = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            width += width(c);
            if (width > columns - 1) {
                break;
            }
            cut.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return cut.append('…').toString();
    }
}
