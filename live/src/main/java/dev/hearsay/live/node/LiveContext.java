package dev.hearsay.live.node;

import dev.hearsay.core.Context;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a live node is given of the outside. For one thread at a time. */
public final class LiveContext implements Context {

    private final Random64 random;
    private final WallClock clock;
    private final Sha256 sha256 = newSha256();

    LiveContext(long randomSeed, WallClock clock) {
        this.random = new Random64(randomSeed);
        this.clock = clock;
    }

    /** The JDK's SHA-256, for one thread at a time. */
    public static Sha256 newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256")::digest;
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
        return sha256;
    }

    @Override
    public long wallMicros() {
        return clock.micros();
    }
}
