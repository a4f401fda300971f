package dev.hearsay.core;

import java.util.List;
import java.util.Objects;

/**
 * What happened at a node. Signals are the only source of logs, metrics, traces and pictures, and the only way in which
 * the parts of a node hear of each other.
 */
public sealed interface Signal {

    /** The way on which a rumor came. */
    enum Way {
        /** Passed on by a neighbour that had just heard it. */
        EAGER,
        /** Found missing by comparison. */
        ANTI_ENTROPY
    }

    /** Why a link came to be. */
    enum LinkReason {
        /** The other node asked for it. */
        ASKED,
        /** It closes the gap that a lost neighbour left. */
        HEAL,
        /** The other node was silent and is back. */
        RETURNED
    }

    /** Why a link is gone. */
    enum LinkLoss {
        /** The other node said that it goes. */
        LEFT,
        /** The other node answered no more. */
        SILENT
    }

    // --- The life of a node
    // --------------------------------------------------------------------------------------------

    /** The node runs, with these neighbours, and remembers so many rumors of an earlier life. */
    record Started(List<NodeId> neighbours, int remembered) implements Signal {
        public Started {
            neighbours = List.copyOf(neighbours);
        }
    }

    /** The node has said goodbye. */
    record Departed() implements Signal {}

    /** The driver has stopped the node, or found it dead. Told by drivers. */
    record Stopped() implements Signal {}

    // --- Rumors
    // --------------------------------------------------------------------------------------------------------

    /** The node has accepted a rumor from its owner. */
    record Published(RumorId id, long sequence, int bytes) implements Signal {
        public Published {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * The node has heard a rumor for the first time.
     *
     * @param path the nodes that had it before, origin first; empty when paths are not traced
     */
    record Delivered(RumorId id, NodeId origin, NodeId from, int hops, List<NodeId> path, Way way) implements Signal {
        public Delivered {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(from, "from");
        }
    }

    /** The node has been sent a rumor that it had. */
    record Duplicate(RumorId id, NodeId from, int hops) implements Signal {
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
    record Relayed(RumorId id, List<NodeId> to, int round) implements Signal {
        public Relayed {
            Objects.requireNonNull(id, "id");
        }
    }

    /** The node has not taken what it was given, by a person or by another node, and why. */
    record Refused(String reason) implements Signal {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Retention has dropped the payloads of so many rumors. */
    record Forgotten(int rumors) implements Signal {}

    /** A comparison has shown that the partner and this node have not seen the same. */
    record Differed(NodeId partner) implements Signal {
        public Differed {
            Objects.requireNonNull(partner, "partner");
        }
    }

    /**
     * Every live node has the rumor. Told by drivers, which see all nodes; once per rumor.
     *
     * @param reached how many nodes have it
     * @param micros from its publication to its last delivery
     */
    record Converged(RumorId id, int reached, long micros, int duplicates) implements Signal {
        public Converged {
            Objects.requireNonNull(id, "id");
        }
    }

    /** So many messages to this node were dropped because its queue was full. Told by drivers. */
    record Overflowed(NodeId to, long messages) implements Signal {
        public Overflowed {
            Objects.requireNonNull(to, "to");
        }
    }

    // --- Members, links, and who died
    // ------------------------------------------------------------------------------------

    /** A node was taken into the list of members. */
    record MemberAdded(NodeId member) implements Signal {
        public MemberAdded {
            Objects.requireNonNull(member, "member");
        }
    }

    record LinkUp(NodeId neighbour, LinkReason reason) implements Signal {
        public LinkUp {
            Objects.requireNonNull(neighbour, "neighbour");
            Objects.requireNonNull(reason, "reason");
        }
    }

    record LinkDown(NodeId neighbour, LinkLoss reason) implements Signal {
        public LinkDown {
            Objects.requireNonNull(neighbour, "neighbour");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A neighbour has not been heard of for this many heartbeat intervals; it may be dead. */
    record Suspected(NodeId neighbour, int intervals) implements Signal {
        public Suspected {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }

    /** A suspected neighbour has spoken. */
    record Cleared(NodeId neighbour) implements Signal {
        public Cleared {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }

    /** A neighbour has been silent for so long that it counts as dead here. */
    record Silent(NodeId neighbour) implements Signal {
        public Silent {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }

    /** A node that had been silent, or that was no neighbour, treats this one as its neighbour. */
    record Reappeared(NodeId neighbour) implements Signal {
        public Reappeared {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }
}
