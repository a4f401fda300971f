package dev.hearsay.bench.micro;

import dev.hearsay.core.Context;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a node is given of the outside, as a live host gives it, but for the wall clock, which stands. */
final class Outside implements Context {

    static final long WALL_MICROS = 1_700_000_000_000_000L;

    private final Random64 random = new Random64(1);
    private final MessageDigest digest;

    Outside() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public Random64 random() {
        return random;
    }

    @Override
    public Sha256 sha256() {
        return digest::digest;
    }

    @Override
    public long wallMicros() {
        return WALL_MICROS;
    }
}
