package dev.hearsay.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Is it text? And text as bytes, unless it is none. */
public final class Utf8 {

    private static final int NEXT_LINE = 0x85;

    private Utf8() {}

    /** Whether the bytes are well-formed UTF-8 (Unicode 17, table 3-7: no overlong forms, no surrogates). */
    public static boolean isValid(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int lead = bytes[at];
            if (lead >= 0) {
                at++;
                continue;
            }
            int length = sequenceLength(lead & 0xff);
            if (length == 0 || at + length > bytes.length || !isSecond(lead & 0xff, bytes[at + 1] & 0xff)) {
                return false;
            }
            for (int i = 2; i < length; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return false;
                }
            }
            at += length;
        }
        return true;
    }

    /** Whether a text has nothing in it but white space. */
    public static boolean isBlank(byte[] utf8) {
        // Nearly always the first byte says it, however long the text is.
        return utf8.length == 0 || (utf8[0] <= ' ' && isBlank(new String(utf8, StandardCharsets.UTF_8)));
    }

    /** The same: white space by Unicode, spaces that do not break and the next-line character among it, which Java leaves out. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE);
    }

    private static int sequenceLength(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 2;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return 3;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    }

    private static boolean isSecond(int lead, int second) {
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= low && second <= high;
    }

    /**
     * The text in UTF-8.
     *
     * @param name of the field it comes from, for the sentence
     * @throws WireException if it is no text: what JSON escapes may be half a character
     */
    public static byte[] encode(CharSequence text, String name) throws WireException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new WireException("'" + name + "' has half a surrogate pair in it", e);
        }
    }

    /** How many bytes the text has as the inside of a JSON string. */
    static long escapedLength(byte[] utf8) {
        long length = utf8.length;
        for (byte b : utf8) {
            if (b == '"' || b == '\\') {
                length++;
            } else if (b >= 0 && b < ' ') {
                length += b == '\n' || b == '\t' || b == '\r' || b == '\b' || b == '\f' ? 1 : 5;
            }
        }
        return length;
    }
}
