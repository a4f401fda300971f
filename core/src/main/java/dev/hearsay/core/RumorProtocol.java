package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.Objects;

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
    sealed interface Events extends Event, RumorProtocol {}

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, RumorProtocol {}

    /**
     * A rumor, passed on by a node that has just heard it (or published it) to those neighbours that the spreading rule
     * picks. New: the receiver keeps it and passes it on by its own rule. Known: dropped, though a shorter path is noted.
     */
    record Gossip(RelayedRumor carried) implements Messages {
        public Gossip {
            Objects.requireNonNull(carried, "carried");
        }
    }

    /**
     * Pass a rumor on once more.
     *
     * @param id the rumor
     * @param round which repetition, 2 for the first one after the initial relay
     */
    record Relay(RumorId id, int round) implements Timers {
        public Relay {
            Objects.requireNonNull(id, "id");
        }
    }

    /** The node has accepted a rumor from its owner. */
    record Published(RumorId id, long sequence, int bytes) implements Events {
        public Published {
            Objects.requireNonNull(id, "id");
        }

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
        public Delivered {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(from, "from");
        }

        @Override
        public Family family() {
            if (origin.equals(Origin.VERSIONS.node())) {
                return Family.VERSIONS;
            }
            return way == Way.ANTI_ENTROPY ? Family.REPAIRS : Family.RUMORS;
        }
    }

    /** The node has been sent a rumor that it had. */
    record Duplicate(RumorId id, NodeId from, int hops) implements Events {
        public Duplicate {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(from, "from");
        }
    }

    /**
     * The node has passed a rumor on.
     *
     * @param round 1 for the first time, then 2 … relays
     */
    record Relayed(RumorId id, List<NodeId> to, int round) implements Events {
        public Relayed {
            Objects.requireNonNull(id, "id");
        }
    }

    /** Retention has dropped the payloads of so many rumors. */
    record Forgotten(int rumors) implements Events {}

    /**
     * Every live node has the rumor. Told by drivers, which see all nodes; once per rumor.
     *
     * @param reached how many nodes have it
     * @param micros from its publication to its last delivery
     */
    record Converged(RumorId id, int reached, long micros, int duplicates) implements Events {
        public Converged {
            Objects.requireNonNull(id, "id");
        }
    }

    /** The way on which a rumor came. */
    enum Way {
        /** Passed on by a neighbour that had just heard it. */
        EAGER,
        /** Found missing by comparison. */
        ANTI_ENTROPY
    }

    /** The node has begun a life as this origin. Binding: a number of an origin must never be given out twice. */
    record Began(Origin origin) implements Facts {
        public Began {
            Objects.requireNonNull(origin, "origin");
        }
    }

    /** The node has published this rumor. Binding: its publisher was told that it is accepted. */
    record Accepted(RelayedRumor carried) implements Facts {
        public Accepted {
            Objects.requireNonNull(carried, "carried");
        }

        @Override
        public Family family() {
            return carried.rumor().isVersion() ? Family.VERSIONS : Family.RUMORS;
        }
    }

    /** A rumor has come from another node. */
    record Heard(RelayedRumor carried, NodeId from, long receivedMicros) implements Facts {
        public Heard {
            Objects.requireNonNull(carried, "carried");
            Objects.requireNonNull(from, "from");
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** As {@link Heard}, of a version that the node is about to say it has. Binding: others commit by it. */
    record Kept(RelayedRumor carried, NodeId from, long receivedMicros) implements Facts {
        public Kept {
            Objects.requireNonNull(carried, "carried");
            Objects.requireNonNull(from, "from");
        }

        @Override
        public Family family() {
            return Family.VERSIONS;
        }
    }

    /** A copy of a known rumor has come by a shorter way. */
    record Shortened(RumorId id, int hops, List<NodeId> path) implements Facts {
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
        public Forgot {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(seen, "seen");
        }

        @Override
        public boolean isBinding() {
            return false;
        }
    }
}
