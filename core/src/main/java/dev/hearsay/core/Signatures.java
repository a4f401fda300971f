package dev.hearsay.core;

/** Signing and checking, as the driver has it: Ed25519 when live, a fast stand-in of the same widths in the simulator. */
public interface Signatures {

    /** The key by which others check what this node signs. */
    PublicKey publicKey();

    Signature sign(byte[] content);

    boolean isValid(PublicKey signer, byte[] content, Signature signature);
}
