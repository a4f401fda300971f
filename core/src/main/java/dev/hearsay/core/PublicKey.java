package dev.hearsay.core;

/**
 * A public key for Ed25519 (RFC 8032): 32 bytes, as four big-endian words.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record PublicKey(long a, long b, long c, long d) {

    /** Reads a key from its 32 bytes. */
    public static PublicKey of(byte[] key) {
        if (key.length != Words256.BYTES) {
            throw new IllegalArgumentException("a public key has 32 bytes, not " + key.length);
        }
        return new PublicKey(Words256.of(key, 0), Words256.of(key, 1), Words256.of(key, 2), Words256.of(key, 3));
    }

    /** Reads a key from its 64 hexadecimal digits. */
    public static PublicKey parse(String hex) {
        String what = "a public key";
        return new PublicKey(
                Words256.parse(hex, 0, what),
                Words256.parse(hex, 1, what),
                Words256.parse(hex, 2, what),
                Words256.parse(hex, 3, what));
    }

    /** The 32 bytes. */
    public byte[] toBytes() {
        Content content = new Content();
        content.putLong(a).putLong(b).putLong(c).putLong(d);
        return content.toBytes();
    }

    /** All 64 hexadecimal digits. */
    @Override
    public String toString() {
        return Words256.hex(a, b, c, d);
    }
}
