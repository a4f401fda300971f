package dev.hearsay.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key/value state: the last writer wins. What is written is passed on at once; what is missing is found by comparison, in buckets of keys. */
public interface StateProtocol extends Familial {

    @Override
    default Family family() {
        return Family.STATE;
    }

    /** What nodes say to each other. */
    sealed interface Messages extends Message, StateProtocol {
        @Override
        default boolean isQuestion() {
            return true;
        }
    }

    /** What happened. */
    sealed interface Events extends Event, StateProtocol {}

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, StateProtocol {}

    /** A hash per bucket of keys. Opens a comparison of state in detail; answered with a {@link StateDigest} of the buckets that differ. */
    record StateBuckets(List<Long> hashes) implements Messages {
        public StateBuckets {
            hashes = List.copyOf(hashes);
        }
    }

    /**
     * What the sender has in these buckets, by stamp, as much as fits: the next comparison goes on from there. Answered with the {@link Entries} that the sender
     * lacks or has older, and the keys of those that the receiver does.
     *
     * @param buckets one bit each
     * @param after it is about the keys after this one; empty if from the first
     * @param upTo and up to this one; empty if to the last
     */
    record StateDigest(long buckets, String after, String upTo, List<Stamped> entries) implements Messages {
        public StateDigest {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Entries of the state: one that was just written, or what a comparison has shown. The receiver keeps those that are later than its own, and passes
     * these on.
     *
     * @param wants keys whose entries the sender would like to have
     * @param more whether there are more that the receiver lacks; it then opens the next comparison at once
     */
    record Entries(List<Entry> entries, List<String> wants, boolean more) implements Messages {
        public Entries {
            entries = List.copyOf(entries);
            wants = List.copyOf(wants);
        }

        @Override
        public boolean isQuestion() {
            return !wants.isEmpty();
        }
    }

    /** A key and when it was written last. */
    record Stamped(String key, Stamp stamp) {}

    /** The node's owner has written this key, or deleted it. */
    record Written(String key, Stamp stamp, boolean isDeletion) implements Events {}

    /** A later entry of this key than the node had has come. */
    record EntryReceived(String key, Stamp stamp, boolean isDeletion, NodeId from) implements Events {}

    /**
     * The node's owner has written this entry. Binding: its writer was told that it is accepted.
     *
     * @param previous what was there before, in case it cannot be made durable; itself it is not kept
     */
    record Wrote(Entry entry, @Nullable Entry previous) implements Facts {}

    /**
     * An entry has come from another node.
     *
     * @param learntMicros when, by this node's wall clock, if it is a deletion, which ages from then on; else 0, and where older versions have saved it
     */
    record Learnt(Entry entry, long learntMicros) implements Facts {
        public Learnt(Entry entry) {
            this(entry, 0);
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** The entry of this key was a deletion, and its time is over. */
    record Dropped(String key) implements Facts {
        @Override
        public boolean isBinding() {
            return false;
        }
    }
}
