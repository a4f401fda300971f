package dev.hearsay.core;

import java.util.Arrays;

/** Signatures that anybody could forge, but nobody does; they count how often one is checked. */
public final class TestSignatures implements Signatures {

    private final PublicKey key;

    /** How many signatures this one has checked. */
    public int checks;

    public TestSignatures(int number) {
        this.key = PublicKey.of(TestSha256.JDK.of(new byte[] {(byte) number, (byte) (number >> 8)}));
    }

    @Override
    public PublicKey publicKey() {
        return key;
    }

    @Override
    public Signature sign(byte[] content) {
        return by(key, content);
    }

    private static Signature by(PublicKey signer, byte[] content) {
        byte[] name = signer.toBytes();
        byte[] both = Arrays.copyOf(name, name.length + content.length);
        System.arraycopy(content, 0, both, name.length, content.length);
        return Signature.of(Arrays.copyOf(TestSha256.JDK.of(both), Signature.BYTES));
    }

    @Override
    public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
        checks++;
        return by(signer, content).equals(signature);
    }
}
