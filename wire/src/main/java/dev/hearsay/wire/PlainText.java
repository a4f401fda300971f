package dev.hearsay.wire;

/** Text of strangers, made harmless: a terminal obeys control characters, and people believe what they read. */
public final class PlainText {

    private PlainText() {}

    /**
     * The text with everything that would not simply be seen written as an escape: control characters, those that turn
     * the direction of writing, invisible ones, line separators, and halves of surrogate pairs.
     */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> plain.append("\\n");
                case '\r' -> plain.append("\\r");
                case '\t' -> plain.append("\\t");
                default -> {
                    if (isSeen(c)) {
                        plain.appendCodePoint(c);
                    } else {
                        plain.append("\\u{").append(Integer.toHexString(c)).append('}');
                    }
                }
            }
        });
        return plain.toString();
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            // Joiners make one sign of several emoji; all other format characters only deceive.
            case Character.FORMAT -> c == 0x200D;
            default -> true;
        };
    }
}
