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

    /** Reads an id from the 32 bytes of a digest. */
    public static RumorId of(byte[] digest) {
        if (digest.length != Words256.BYTES) {
            throw new IllegalArgumentException("a rumor id has 32 bytes, not " + digest.length);
        }
        return new RumorId(
                Words256.of(digest, 0), Words256.of(digest, 1), Words256.of(digest, 2), Words256.of(digest, 3));
    }

    /** Reads an id from its 64 hexadecimal digits. */
    public static RumorId parse(String hex) {
        String what = "a rumor id";
        return new RumorId(
                Words256.parse(hex, 0, what),
                Words256.parse(hex, 1, what),
                Words256.parse(hex, 2, what),
                Words256.parse(hex, 3, what));
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
        return Words256.hex(a, b, c, d);
    }
}
