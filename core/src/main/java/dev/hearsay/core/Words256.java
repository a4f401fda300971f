package dev.hearsay.core;

/** The 32-byte values of the protocol as four big-endian words: compared and hashed without touching an array. */
final class Words256 {

    static final int BYTES = 32;
    private static final int HEX_LENGTH = 2 * BYTES;
    private static final int WORD_LENGTH = 16;

    private Words256() {}

    /** Word {@code index} of the 32 bytes. */
    static long of(byte[] bytes, int index) {
        long word = 0;
        for (int i = 8 * index; i < 8 * index + 8; i++) {
            word = (word << 8) | (bytes[i] & 0xff);
        }
        return word;
    }

    /** Word {@code index} of the 64 hexadecimal digits. */
    static long parse(String hex, int index, String what) {
        if (hex.length() != HEX_LENGTH) {
            throw new IllegalArgumentException(what + " has 64 hexadecimal digits, not " + hex.length());
        }
        try {
            return Long.parseUnsignedLong(hex, index * WORD_LENGTH, (index + 1) * WORD_LENGTH, 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " has hexadecimal digits only: '" + hex + "'", e);
        }
    }

    static String hex(long a, long b, long c, long d) {
        StringBuilder hex = new StringBuilder(HEX_LENGTH);
        for (long word : new long[] {a, b, c, d}) {
            String digits = Long.toHexString(word);
            hex.append("0".repeat(WORD_LENGTH - digits.length())).append(digits);
        }
        return hex.toString();
    }
}
