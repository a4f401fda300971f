package dev.hearsay.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 for tests of core, which has none itself. */
public final class TestSha256 {

    public static final Sha256 JDK = content -> {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    };

    private TestSha256() {}
}
