package dev.hearsay.core;

/**
 * What all nodes shall come to have the same of, beside rumors: who has which versions, and the key/value state. Anti-entropy compares the hashes with one partner
 * after the other, and has settled what differs.
 */
public interface Replicas {

    /** Equal at two nodes that know the same; 0 if there is nothing. */
    long versionsHash();

    /** Equal at two nodes that have the same entries; 0 if there is nothing. */
    long stateHash();

    /** Opens a comparison in detail with a partner whose {@link #versionsHash} is another. */
    void compareVersions(NodeId partner, Effects effects);

    /** Opens a comparison in detail with a partner whose {@link #stateHash} is another. */
    void compareState(NodeId partner, Effects effects);

    /** Drops what is over its time; called once a round. */
    void forget(long nowNanos, Effects effects);
}
