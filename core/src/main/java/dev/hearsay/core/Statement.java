package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;

/**
 * A change of membership that seeds vote on.
 *
 * @param incarnation which life of the peer it is about; a peer that was removed comes back with a higher one
 * @param key the peer's public key in that life
 */
public record Statement(Change change, NodeId peer, long incarnation, PublicKey key) {

    /** What is to become of the peer. */
    public enum Change {
        REGISTER(0),
        REMOVE(1);

        private final int rank;

        Change(int rank) {
            this.rank = rank;
        }

        /** Of two changes of one incarnation the one with the higher rank is the later. */
        public int rank() {
            return rank;
        }
    }

    public Statement {
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnations are counted from 1, not " + incarnation);
        }
    }

    /** The statement that takes out what this one took in. */
    public Statement removal() {
        return new Statement(Change.REMOVE, peer, incarnation, key);
    }

    /**
     * Whether this is later than the other, which is about the same peer: a higher incarnation is, and at the same one removal is
     * later than registration. This order is total over what honest seeds sign, so lists merge by maximum.
     */
    public boolean isAfter(Statement other) {
        return incarnation != other.incarnation ? incarnation > other.incarnation : change.rank > other.change.rank;
    }

    /** What a seed signs when it votes yes. */
    public byte[] ballot() {
        return signed("hearsay vote 1");
    }

    /** What the peer itself signs when it asks to be registered: the key is its own. */
    public byte[] request() {
        return signed("hearsay request 1");
    }

    /** What a neighbour signs when it confirms that the peer is silent. */
    public byte[] confirmation() {
        return signed("hearsay confirmation 1");
    }

    /** What the peer signs when a seed calls it: that it lives, now, in this life. */
    public byte[] proofOfLife(long number) {
        return content("hearsay life 1").putLong(number).toBytes();
    }

    /** What the peer signs when it reports that it has these versions. */
    public byte[] versions(Ranges versions) {
        Content content = content("hearsay versions 1").putInt(versions.size());
        for (long bound : versions.toBounds()) {
            content.putLong(bound);
        }
        return content.toBytes();
    }

    private byte[] signed(String purpose) {
        return content(purpose).toBytes();
    }

    /** The purpose is part of what is signed, so that no signature serves another. */
    private Content content(String purpose) {
        return new Content()
                .putText(purpose)
                .putInt(change.rank())
                .putNode(peer)
                .putLong(incarnation)
                .putBytes(key.toBytes());
    }

    @Override
    public String toString() {
        return change + " " + peer + " incarnation " + incarnation;
    }
}
