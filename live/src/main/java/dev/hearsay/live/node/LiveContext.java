package dev.hearsay.live.node;

import dev.hearsay.core.Context;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signatures;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What a live node is given of the outside. For one thread at a time. */
public final class LiveContext implements Context {

    private final Random64 random;
    private final WallClock clock;
    private final @Nullable Signatures signatures;
    private final Sha256 sha256 = newSha256();

    LiveContext(long randomSeed, WallClock clock, @Nullable Signatures signatures) {
        this.random = new Random64(randomSeed);
        this.clock = clock;
        this.signatures = signatures;
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
    public Signatures signatures() {
        return signatures == null ? Context.super.signatures() : signatures;
    }

    @Override
    public long wallMicros() {
        return clock.micros();
    }
}
