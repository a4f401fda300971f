package dev.hearsay.live.keys;

import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ed25519 (RFC 8032) by the JDK. Thread-safe.
 *
 * <p>What has been found valid is remembered for a while, process-wide: in a process of many nodes the same certificate is checked by each, and
 * checking is a hundred times as expensive as remembering.
 */
public final class Ed25519 implements Signatures {

    private static final String ALGORITHM = "Ed25519";

    /** What stands before the 32 bytes of a key in its X.509 form (RFC 8410). */
    private static final byte[] X509_START = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int REMEMBERED_MAX = 100_000;

    private static final Map<Checked, Boolean> REMEMBERED = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Checked, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private record Checked(PublicKey signer, PublicKey content, Signature signature) {}

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private Ed25519(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new key pair. */
    public static Ed25519 generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, X509_START.length, encoded.length);
            return new Ed25519(pair.getPrivate(), PublicKey.of(raw));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * The key pair whose parts are these.
     *
     * @param secret the 32 bytes of the private key
     * @throws IllegalArgumentException if they do not belong together
     */
    static Ed25519 of(byte[] secret, PublicKey publicKey) {
        try {
            PrivateKey privateKey = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
            Ed25519 pair = new Ed25519(privateKey, publicKey);
            byte[] probe = publicKey.toBytes();
            if (!pair.isValid(publicKey, probe, pair.sign(probe))) {
                throw new IllegalArgumentException("the public key does not belong to the private key");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is not an Ed25519 key: " + e.getMessage(), e);
        }
    }

    /** The 32 bytes that must stay secret. */
    byte[] secret() {
        return ((EdECPrivateKey) privateKey).getBytes().orElseThrow();
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Signature sign(byte[] content) {
        try {
            java.security.Signature engine = java.security.Signature.getInstance(ALGORITHM);
            engine.initSign(privateKey);
            engine.update(content);
            return Signature.of(engine.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of ours must sign", e);
        }
    }

    @Override
    public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
        Checked checked = new Checked(signer, digest(content), signature);
        synchronized (REMEMBERED) {
            if (REMEMBERED.containsKey(checked)) {
                return true;
            }
        }
        boolean isValid = check(signer, content, signature);
        if (isValid) {
            synchronized (REMEMBERED) {
                REMEMBERED.put(checked, true);
            }
        }
        return isValid;
    }

    private static PublicKey digest(byte[] content) {
        try {
            return PublicKey.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean check(PublicKey signer, byte[] content, Signature signature) {
        byte[] raw = signer.toBytes();
        byte[] encoded = Arrays.copyOf(X509_START, X509_START.length + raw.length);
        System.arraycopy(raw, 0, encoded, X509_START.length, raw.length);
        try {
            java.security.Signature engine = java.security.Signature.getInstance(ALGORITHM);
            engine.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
            engine.update(content);
            return engine.verify(signature.toBytes());
        } catch (InvalidKeySpecException | java.security.InvalidKeyException | java.security.SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }
}
