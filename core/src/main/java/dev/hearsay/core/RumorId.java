package dev.hearsay.core;

/**
 * The SHA-256 of a rumor's content, as four big-endian words. Two rumors are the same if and only if their ids are.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record RumorId(long a, long b, long c, long d) implements Comparable<RumorId> {

    private static final int HEX_LENGTH = 64;
    private static final int WORD_LENGTH = 16;

    /** Reads an id from the 32 bytes of a digest. */
    public static RumorId of(byte[] digest) {
        if (digest.length != HEX_LENGTH / 2) {
            throw new IllegalArgumentException("a rumor id has 32 bytes, not " + digest.length);
        }
        return new RumorId(word(digest, 0), word(digest, 8), word(digest, 16), word(digest, 24));
    }

    /** Reads an id from its 64 hexadecimal digits. */
    public static RumorId parse(String hex) {
        if (hex.length() != HEX_LENGTH) {
            throw new IllegalArgumentException("a rumor id has 64 hexadecimal digits, not " + hex.length());
        }
        return new RumorId(word(hex, 0), word(hex, 1), word(hex, 2), word(hex, 3));
    }

    private static long word(byte[] bytes, int from) {
        long word = 0;
        for (int i = from; i < from + 8; i++) {
            word = (word << 8) | (bytes[i] & 0xff);
        }
        return word;
    }

    private static long word(String hex, int index) {
        try {
            return Long.parseUnsignedLong(hex, index * WORD_LENGTH, (index + 1) * WORD_LENGTH, 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a rumor id has hexadecimal digits only: '" + hex + "'", e);
        }
    }

    @Override
    public int compareTo(RumorId other) {
        int order = Long.compareUnsigned(a, other.a);
        if (order == 0) {
            order = Long.compareUnsigned(b, other.b);
        }
        if (order == 0) {
            order = Long.compareUnsigned(c, other.c);
        }
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RumorId(long a2, long b2, long c2, long d2) && a == a2 && b == b2 && c == c2 && d == d2;
    }

    /** The first 12 hexadecimal digits, enough for a person to tell rumors apart. */
    public String brief() {
        return toString().substring(0, 12);
    }

    /** All 64 hexadecimal digits. */
    @Override
    public String toString() {
        StringBuilder hex = new StringBuilder(HEX_LENGTH);
        for (long word : new long[] {a, b, c, d}) {
            String digits = Long.toHexString(word);
            hex.repeat('0', WORD_LENGTH - digits.length()).append(digits);
        }
        return hex.toString();
    }
}
