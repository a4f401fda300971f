package dev.hearsay.bench.peers;

import java.util.Arrays;

/**
 * What is broadcast: {@value #BYTES} bytes of ASCII, so that they are as many on a wire of text as on one of bytes. They begin with
 * the number of the message.
 */
final class Payload {

    static final int BYTES = 64;

    private static final int DIGITS = 9;

    private Payload() {}

    static byte[] of(int number) {
        byte[] payload = new byte[BYTES];
        Arrays.fill(payload, (byte) '.');
        int rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            payload[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return payload;
    }

    /** The number in a payload that begins at the offset. */
    static int number(byte[] bytes, int offset) {
        int number = 0;
        for (int i = offset; i < offset + DIGITS; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    /** The number in a payload that has come as text. */
    static int number(String text) {
        int number = 0;
        for (int i = 0; i < DIGITS; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
