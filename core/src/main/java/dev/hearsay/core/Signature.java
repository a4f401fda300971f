package dev.hearsay.core;

import java.util.Arrays;

/** An Ed25519 signature (RFC 8032): 64 bytes. Immutable. */
public final class Signature {

    /** How long a signature is, in bytes. */
    public static final int BYTES = 64;

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A signature of these bytes, which are copied. */
    public static Signature of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a signature has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Signature(bytes.clone());
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature signature && Arrays.equals(signature.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Signature[" + Long.toHexString(Words256.of(bytes, 0)) + "…]";
    }
}
