package dev.hearsay.live.keys;

import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signature;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Signatures that were found valid: the last ones for sure, older ones up to twice as many. Thread-safe. */
final class CheckedSignatures {

    private static final int GENERATION = 50_000;

    @SuppressWarnings("ArrayRecordComponent") // a copy: nobody writes to it, and it is compared below
    private record Checked(PublicKey signer, byte[] content) {
        boolean is(PublicKey otherSigner, byte[] otherContent) {
            return signer.equals(otherSigner) && Arrays.equals(content, otherContent);
        }
    }

    private volatile Map<Signature, Checked> young = new ConcurrentHashMap<>();
    private volatile Map<Signature, Checked> old = new ConcurrentHashMap<>();

    boolean contains(PublicKey signer, byte[] content, Signature signature) {
        return is(young.get(signature), signer, content) || is(old.get(signature), signer, content);
    }

    private static boolean is(@Nullable Checked checked, PublicKey signer, byte[] content) {
        return checked != null && checked.is(signer, content);
    }

    void add(PublicKey signer, byte[] content, Signature signature) {
        if (young.size() >= GENERATION) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(signature, new Checked(signer, content.clone()));
    }
}
