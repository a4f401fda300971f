package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.Objects;

/**
 * Everything one node can say to another. This file is the protocol's manual: each message says who sends it, when, and
 * what the receiver makes of it. No message needs an answer for safety; any may be lost, repeated or overtaken.
 */
public sealed interface Message {

    // --- Eager spreading: fast, and may lose -------------------------------------------------------------------------

    /**
     * A rumor, passed on by a node that has just heard it (or published it) to those neighbours that the spreading rule
     * picks. New: the receiver keeps it and passes it on by its own rule. Known: dropped, though a shorter path is noted.
     */
    record Gossip(Carried carried) implements Message {
        public Gossip {
            Objects.requireNonNull(carried, "carried");
        }
    }

    // --- Anti-entropy: slow, and loses nothing (Demers et al. 1987, section 1.3) -------------------------------------

    /**
     * Opens a comparison: a hash of all that the sender has seen, to one partner a round. The receiver is silent if its
     * own is equal, which is the normal case, and otherwise answers with its {@link Digest}.
     */
    record Summary(long hash) implements Message {}

    /**
     * Which rumors the sender has seen, per origin. The receiver answers with a {@link Repair} of what the sender lacks and a
     * {@link Pull} of what it lacks itself.
     */
    record Digest(List<Holding> holdings) implements Message {
        public Digest {
            holdings = List.copyOf(holdings);
        }
    }

    /** Asks for rumors by origin and number; answered with a {@link Repair}. */
    record Pull(List<Want> wants) implements Message {
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
    record Repair(List<Carried> rumors, boolean more) implements Message {
        public Repair {
            rumors = List.copyOf(rumors);
        }
    }

    /**
     * What a node has seen of one origin.
     *
     * @param floor it can still hand out what it has seen from this number on; everything below is forgotten
     * @param seen the numbers it has seen, forgotten ones included
     */
    record Holding(Origin origin, long floor, Ranges seen) {
        public Holding {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(seen, "seen");
        }
    }

    /** Rumors of one origin that a node would like to have. */
    record Want(Origin origin, Ranges numbers) {
        public Want {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(numbers, "numbers");
        }
    }

    // --- The overlay: links are mutual -------------------------------------------------------------------------------

    /**
     * You are my neighbour, and these are all of mine. Sent when a node starts, when it links to somebody new, and to all
     * neighbours when its set changes: when a node dies, its neighbours must know each other to close the gap.
     *
     * @param answer whether the sender would like to be told the receiver's neighbours in return
     */
    record Link(List<NodeId> neighbours, boolean answer) implements Message {
        public Link {
            neighbours = List.copyOf(neighbours);
        }
    }

    /** I am going. The receiver drops the link without suspecting anybody, and closes the gap. */
    record Leave() implements Message {}

    // --- Who died ----------------------------------------------------------------------------------------------------

    /** Are you there? Sent to a neighbour that has said nothing for an interval. Answered with a {@link Pong}. */
    record Ping(long number) implements Message {}

    /** I am. The number is that of the ping. */
    record Pong(long number) implements Message {}
}
