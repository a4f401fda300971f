package dev.hearsay.live.keys;

import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import java.security.SecureRandom;

/**
 * Ed25519 (RFC 8032) by Bouncy Castle, which signs and checks many times as fast as the JDK does. Thread-safe.
 *
 * <p>What has been found valid is remembered for a while, process-wide: in a process of many nodes the same certificate is checked by each, and
 * checking is a hundred times as expensive as remembering.
 */
public final class Ed25519 implements Signatures {

    /** The library's class by another name than ours. */
    private abstract static class Rfc8032 extends org.bouncycastle.math.ec.rfc8032.Ed25519 {}

    private static final CheckedSignatures CHECKED = new CheckedSignatures();

    private final byte[] secret;
    private final byte[] rawPublicKey;
    private final PublicKey publicKey;

    private Ed25519(byte[] secret) {
        this.secret = secret;
        this.rawPublicKey = new byte[Rfc8032.PUBLIC_KEY_SIZE];
        Rfc8032.generatePublicKey(secret, 0, rawPublicKey, 0);
        this.publicKey = PublicKey.of(rawPublicKey);
    }

    /** A new key pair. */
    public static Ed25519 generate() {
        byte[] secret = new byte[Rfc8032.SECRET_KEY_SIZE];
        Rfc8032.generatePrivateKey(new SecureRandom(), secret);
        return new Ed25519(secret);
    }

    /**
     * The key pair whose parts are these.
     *
     * @param secret the 32 bytes of the private key
     * @throws IllegalArgumentException if they do not belong together
     */
    static Ed25519 of(byte[] secret, PublicKey publicKey) {
        if (secret.length != Rfc8032.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "a private key has " + Rfc8032.SECRET_KEY_SIZE + " bytes, not " + secret.length);
        }
        Ed25519 pair = new Ed25519(secret.clone());
        if (!pair.publicKey.equals(publicKey)) {
            throw new IllegalArgumentException("the public key does not belong to the private key");
        }
        return pair;
    }

    /** The 32 bytes that must stay secret. */
    byte[] secret() {
        return secret.clone();
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Signature sign(byte[] content) {
        byte[] signature = new byte[Rfc8032.SIGNATURE_SIZE];
        Rfc8032.sign(secret, 0, rawPublicKey, 0, null, content, 0, content.length, signature, 0);
        return Signature.of(signature);
    }

    @Override
    public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
        if (CHECKED.contains(signer, content, signature)) {
            return true;
        }
        boolean isValid = check(signer, content, signature);
        if (isValid) {
            CHECKED.add(signer, content, signature);
        }
        return isValid;
    }

    private static boolean check(PublicKey signer, byte[] content, Signature signature) {
        byte[] raw = signer.toBytes();
        return Rfc8032.verify(signature.toBytes(), 0, raw, 0, content, 0, content.length);
    }
}
