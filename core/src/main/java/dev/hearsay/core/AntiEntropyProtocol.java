package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;

/** Anti-entropy: slow, and loses nothing (Demers et al. 1987, section 1.3). Once in a while a node compares with one partner what they have, and they exchange what is missing. */
public interface AntiEntropyProtocol extends Familial {

    @Override
    default Family family() {
        return Family.ANTI_ENTROPY;
    }

    /** What nodes say to each other. */
    sealed interface Messages extends Message, AntiEntropyProtocol {
        @Override
        default boolean isQuestion() {
            return true;
        }
    }

    /** What comes due. */
    sealed interface Timers extends Timer, AntiEntropyProtocol {}

    /** What happened. */
    sealed interface Events extends Event, AntiEntropyProtocol {}

    /**
     * Opens a comparison, with one partner a round: hashes of all that the sender has. The receiver is silent where its own is
     * equal, which is the normal case, and otherwise answers with its {@link Digest}, its {@link CommitProtocol.Versions} or its {@link StateProtocol.StateBuckets}.
     *
     * @param rumors of all numbers seen
     * @param versions of who is known to have which versions; 0 if there are none
     * @param state of all entries; 0 if there are none
     * @param challenge what a {@link Digest} in answer is to carry, drawn at random; 0 if the sender needs no proof that it is one
     */
    record Summary(long rumors, long versions, long state, long challenge) implements Messages {
        /** Without a challenge. */
        public Summary(long rumors, long versions, long state) {
            this(rumors, versions, state, 0);
        }
    }

    /**
     * Which rumors the sender has seen, per origin. The receiver answers with a {@link Repair} of what the sender lacks and a
     * {@link Pull} of what it lacks itself.
     *
     * <p>Who has seen more origins than fit into a message puts them into {@value #BUCKETS} buckets by a hash, and sends a hash of each instead. The
     * receiver answers with its own holdings in those that differ, or as many of them as fit.
     *
     * @param buckets which buckets the holdings are from, one bit each
     * @param hashes of what the sender has seen in each bucket; empty where it shows holdings
     * @param challenge with holdings, what the receiver has asked with, see {@link Summary}; with hashes, what an answer is to carry
     */
    record Digest(List<Holding> holdings, long buckets, List<Long> hashes, long challenge) implements Messages {
        public static final int BUCKETS = Long.SIZE;

        /** All buckets. */
        public static final long ALL = -1;

        public Digest {
            holdings = List.copyOf(holdings);
            hashes = List.copyOf(hashes);
        }

        /** All that the sender has seen. */
        public Digest(List<Holding> holdings) {
            this(holdings, ALL, List.of(), 0);
        }
    }

    /** Asks for rumors by origin and number; answered with a {@link Repair}. */
    record Pull(List<Want> wants) implements Messages {
        public Pull {
            wants = List.copyOf(wants);
        }
    }

    /**
     * Rumors that the receiver lacks. It keeps them and spreads the new ones eagerly, for whatever cut it off has cut off its
     * neighbours too.
     *
     * @param more whether this is only the first part; the receiver then opens the next comparison at once
     */
    record Repair(List<RelayedRumor> rumors, boolean more) implements Messages {
        public Repair {
            rumors = List.copyOf(rumors);
        }

        @Override
        public boolean isQuestion() {
            return false;
        }
    }

    /**
     * What a node has seen of one origin.
     *
     * @param floor it can still hand out what it has seen from this number on; everything below is forgotten
     * @param seen the numbers it has seen itself, forgotten ones included
     * @param gone others, that it has never seen and, by the word of others, never will
     */
    record Holding(Origin origin, long floor, Ranges seen, Ranges gone) {
        /** Without hearsay. */
        public Holding(Origin origin, long floor, Ranges seen) {
            this(origin, floor, seen, new Ranges());
        }
    }

    /** Rumors of one origin that a node would like to have. */
    record Want(Origin origin, Ranges numbers) {}

    /** Compare what we have with a partner (anti-entropy), and forget what is over-age. */
    record AntiEntropyRound(long generation) implements Timers {}

    /** A comparison has shown that the partner and this node have not seen the same. */
    record Differed(NodeId partner) implements Events {}

    /**
     * Another node knows messages or keys of this node's own that it does not know itself: what it had promised to keep is not there. Messages are fetched
     * back, and what it publishes from now on is numbered anew; keys have come with the news.
     *
     * @param messages how many, by the other node's word
     * @param keys how many; 0 if it is about messages
     */
    record OwnLost(NodeId from, long messages, long keys) implements Events {
        /** It is about messages. */
        public OwnLost(NodeId from, long messages) {
            this(from, messages, 0);
        }
    }
}
