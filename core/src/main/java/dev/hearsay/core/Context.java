package dev.hearsay.core;

/** What a node is given of the outside, once, by its driver. */
public interface Context {

    /** This node's own randomness; nobody else draws from it. */
    Random64 random();

    Sha256 sha256();

    /** Signing and checking, in a network with seeds; nodes of a static network never ask. */
    default Signatures signatures() {
        throw new IllegalStateException("nodes of a static network sign nothing");
    }

    /** Wall clock, microseconds since 1970: for stamps, those of the key/value state too, and the age of its deletions. Nothing else is decided by it. */
    long wallMicros();
}
