package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node must, or would like to, know again after a restart. Handed back to it in the order it was saved.
 *
 * <p><em>Binding</em> facts are promises to others; they are durable before anything that is sent in the same step
 * leaves. <em>Recoverable</em> facts are written behind: if lost, anti-entropy brings them back.
 */
public sealed interface Fact {

    boolean isBinding();

    /** The node has begun a life as this origin. Binding: a number of an origin must never be given out twice. */
    record Began(Origin origin) implements Fact {
        public Began {
            Objects.requireNonNull(origin, "origin");
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }

    /** The node has published this rumor. Binding: its publisher was told that it is accepted. */
    record Accepted(RelayedRumor carried) implements Fact {
        public Accepted {
            Objects.requireNonNull(carried, "carried");
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }

    /** A rumor has come from another node. */
    record Heard(RelayedRumor carried, NodeId from, long receivedMicros) implements Fact {
        public Heard {
            Objects.requireNonNull(carried, "carried");
            Objects.requireNonNull(from, "from");
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** A copy of a known rumor has come by a shorter way. */
    record Shortened(RumorId id, int hops, List<NodeId> path) implements Fact {
        public Shortened {
            Objects.requireNonNull(id, "id");
            path = List.copyOf(path);
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** These rumors have been shown to a person. */
    record Read(List<RumorId> ids) implements Fact {
        public Read {
            ids = List.copyOf(ids);
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /**
     * Rumors of an origin have been dropped by retention; the store may drop them too.
     *
     * @param upTo the largest of their numbers; 0 if nothing of the origin is left, and nothing is to be known of it
     * @param seen which numbers up to that the node has seen and has no more
     */
    record Forgot(Origin origin, long upTo, Ranges seen) implements Fact {
        public Forgot {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(seen, "seen");
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** A member was added to a static network after its start. */
    record Admitted(NodeId member) implements Fact {
        public Admitted {
            Objects.requireNonNull(member, "member");
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** A member of a static network was taken out of it. */
    record Dismissed(NodeId member) implements Fact {
        public Dismissed {
            Objects.requireNonNull(member, "member");
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** As {@link Heard}, of a version that the node is about to say it has. Binding: others commit by it. */
    record Kept(RelayedRumor carried, NodeId from, long receivedMicros) implements Fact {
        public Kept {
            Objects.requireNonNull(carried, "carried");
            Objects.requireNonNull(from, "from");
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }

    /**
     * The node's owner has written this entry. Binding: its writer was told that it is accepted.
     *
     * @param previous what was there before, in case it cannot be made durable; itself it is not kept
     */
    record Wrote(Entry entry, @Nullable Entry previous) implements Fact {
        // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
        public Wrote(Entry entry, @Nullable Entry previous) {
            this.entry = Objects.requireNonNull(entry, "entry");
            this.previous = previous;
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }

    /**
     * An entry has come from another node.
     *
     * @param learntMicros when, by this node's wall clock, if it is a deletion, which ages from then on; else 0, and where older versions have saved it
     */
    record Learnt(Entry entry, long learntMicros) implements Fact {
        public Learnt {
            Objects.requireNonNull(entry, "entry");
        }

        public Learnt(Entry entry) {
            this(entry, 0);
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** The entry of this key was a deletion, and its time is over. */
    record Dropped(String key) implements Fact {
        public Dropped {
            Objects.requireNonNull(key, "key");
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** This seed has voted yes. Binding: it never votes for two peers in one place and life. */
    record VotedYes(Statement statement) implements Fact {
        public VotedYes {
            Objects.requireNonNull(statement, "statement");
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }

    /** A change of membership, with its proof. Binding: who was told of it may rely on it. */
    record Certified(Certificate certificate) implements Fact {
        public Certified {
            Objects.requireNonNull(certificate, "certificate");
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }

    /**
     * This peer asks to be registered in this life. Binding: a later life must have a higher incarnation.
     *
     * @param start the number of this start of the peer, from 1
     */
    record Applied(Statement statement, int start) implements Fact {
        public Applied {
            Objects.requireNonNull(statement, "statement");
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }

    /** The key at which a seed was met first. Binding: from now on any other is an impostor's. */
    record Pinned(NodeId seed, PublicKey key) implements Fact {
        public Pinned {
            Objects.requireNonNull(seed, "seed");
            Objects.requireNonNull(key, "key");
        }

        @Override
        public boolean isBinding() {
            return true;
        }
    }
}
