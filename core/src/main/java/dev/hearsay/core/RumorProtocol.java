package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Eager spreading: fast, and may lose. A node that hears a rumor for the first time passes it on at once, to those neighbours that its spreading rule picks. */
public interface RumorProtocol extends Familial {

    @Override
    default Family family() {
        return Family.RUMORS;
    }

    /** What nodes say to each other. */
    sealed interface Messages extends Message, RumorProtocol {}

    /** What comes due. */
    sealed interface Timers extends Timer, RumorProtocol {}

    /** What happened. */
    sealed interface Events extends Event, RumorProtocol {
        /** The rumor that it is about; null if it is about none in particular. */
        @Nullable
        RumorId id();
    }

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, RumorProtocol {}

    /**
     * A rumor, passed on by a node that has just heard it (or published it) to those neighbours that the spreading rule
     * picks. New: the receiver keeps it and passes it on by its own rule. Known: dropped, though a shorter path is noted.
     */
    record Gossip(RelayedRumor carried) implements Messages {}

    /**
     * Pass a rumor on once more.
     *
     * @param id the rumor
     * @param round which repetition, 2 for the first one after the initial relay
     */
    record Relay(RumorId id, int round) implements Timers {}

    /** The node has accepted a rumor from its owner. */
    record Published(RumorId id, long sequence, int bytes) implements Events {
        @Override
        public Family family() {
            return Family.PUBLICATIONS;
        }
    }

    /**
     * The node has heard a rumor for the first time.
     *
     * @param path the nodes that had it before, origin first; empty when paths are not traced
     */
    record Delivered(RumorId id, NodeId origin, NodeId from, int hops, List<NodeId> path, Way way) implements Events {
        @Override
        public Family family() {
            if (origin.equals(Origin.VERSIONS.node())) {
                return Family.VERSIONS;
            }
            return way == Way.ANTI_ENTROPY ? Family.REPAIRS : Family.RUMORS;
        }
    }

    /** The node has been sent a rumor that it had. */
    record Duplicate(RumorId id, NodeId from, int hops) implements Events {}

    /**
     * The node has passed a rumor on.
     *
     * @param round 1 for the first time, then 2 … relays
     */
    record Relayed(RumorId id, List<NodeId> to, int round) implements Events {}

    /** Retention has dropped the payloads of so many rumors. */
    record Forgotten(int rumors) implements Events {
        @Override
        public @Nullable RumorId id() {
            return null;
        }
    }

    /**
     * Every live node has the rumor. Told by drivers, which see all nodes; once per rumor.
     *
     * @param reached how many nodes have it
     * @param micros from its publication to its last delivery
     */
    record Converged(RumorId id, int reached, long micros, int duplicates) implements Events {}

    /** The way on which a rumor came. */
    enum Way {
        /** Passed on by a neighbour that had just heard it. */
        EAGER,
        /** Found missing by comparison. */
        ANTI_ENTROPY
    }

    /** The node has begun a life as this origin. Binding: a number of an origin must never be given out twice. */
    record Began(Origin origin) implements Facts {}

    /** The node has published this rumor. Binding: its publisher was told that it is accepted. */
    record Accepted(RelayedRumor carried) implements Facts {
        @Override
        public Family family() {
            return carried.rumor().isVersion() ? Family.VERSIONS : Family.RUMORS;
        }
    }

    /** A rumor has come from another node. */
    record Heard(RelayedRumor carried, NodeId from, long receivedMicros) implements Facts {
        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** As {@link Heard}, of a version that the node is about to say it has. Binding: others commit by it. */
    record Kept(RelayedRumor carried, NodeId from, long receivedMicros) implements Facts {
        @Override
        public Family family() {
            return Family.VERSIONS;
        }
    }

    /** A copy of a known rumor has come by a shorter way. */
    record Shortened(RumorId id, int hops, List<NodeId> path) implements Facts {
        public Shortened {
            path = List.copyOf(path);
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** These rumors have been shown to a person. */
    record Read(List<RumorId> ids) implements Facts {
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
    record Forgot(Origin origin, long upTo, Ranges seen) implements Facts {
        @Override
        public boolean isBinding() {
            return false;
        }
    }
}
