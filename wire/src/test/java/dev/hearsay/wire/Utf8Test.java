package dev.hearsay.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {

    /** The JDK's decoder is the judge: over all sequences of up to two bytes, and those of three and four that matter. */
    @Test
    void agreesWithTheDecoder() {
        for (int first = 0; first < 256; first++) {
            agrees(first);
            for (int second = 0; second < 256; second++) {
                agrees(first, second);
                for (int third : new int[] {0x00, 0x7f, 0x80, 0xbf, 0xc0}) {
                    agrees(first, second, third);
                    agrees(first, second, third, 0x80);
                    agrees('a', first, second, third, 0xbf, 'z');
                }
            }
        }
        assertThat(Utf8.isValid(new byte[0])).isTrue();
    }

    /** The property White_Space of Unicode 17 is the judge. */
    @Test
    void knowsWhiteSpaceOfEveryKind() {
        String all =
                "\t\n\u000b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
                        + "\u2028\u2029\u202f\u205f\u3000";
        assertThat(Utf8.isBlank("")).isTrue();
        assertThat(Utf8.isBlank(all.getBytes(UTF_8))).isTrue();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            boolean isControl = c >= 0x1c && c <= 0x1f;
            if (!isControl && Utf8.isBlank(Character.toString(c)) != all.indexOf(c) >= 0) {
                fail("wrong about " + Integer.toHexString(c));
            }
        }
        assertThat(Utf8.isBlank((all + "a").getBytes(UTF_8))).isFalse();
    }

    private static void agrees(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        if (Utf8.isValid(bytes) != decodes(bytes)) {
            fail("the decoder disagrees about " + Arrays.toString(bytes));
        }
    }

    private static boolean decodes(byte[] bytes) {
        CharBuffer chars = CharBuffer.allocate(2 * bytes.length + 2);
        return !UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), chars, true).isError();
    }
}
