package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.Objects;

/**
 * What happened at a node. Events are the only source of logs, metrics, traces and pictures, and the only way in which
 * the parts of a node hear of each other.
 */
public sealed interface Event {

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
        RETURNED,
        /** This node has drawn it as a neighbour. */
        DRAWN
    }

    /** Why a link is gone. */
    enum LinkLoss {
        /** The other node said that it goes. */
        LEFT,
        /** The other node answered no more. */
        SILENT,
        /** The other node is no member any more. */
        REMOVED,
        /** The link closed a gap that is closed again without it. */
        UNNEEDED
    }

    // --- The life of a node ------------------------------------------------------------------------------------------

    /** The node runs, with these neighbours, and remembers so many rumors of an earlier life. */
    record Started(List<NodeId> neighbours, int remembered) implements Event {
        public Started {
            // Shared, not copied: where everybody is linked to everybody, copies at n nodes would be n².
            Objects.requireNonNull(neighbours, "neighbours");
        }
    }

    /** The node has said goodbye. */
    record Departed() implements Event {}

    /** The driver has stopped the node, or found it dead. Told by drivers. */
    record Stopped() implements Event {}

    // --- Rumors ------------------------------------------------------------------------------------------------------

    /** The node has accepted a rumor from its owner. */
    record Published(RumorId id, long sequence, int bytes) implements Event {
        public Published {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * The node has heard a rumor for the first time.
     *
     * @param path the nodes that had it before, origin first; empty when paths are not traced
     */
    record Delivered(RumorId id, NodeId origin, NodeId from, int hops, List<NodeId> path, Way way) implements Event {
        public Delivered {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(from, "from");
        }
    }

    /** The node has been sent a rumor that it had. */
    record Duplicate(RumorId id, NodeId from, int hops) implements Event {
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
    record Relayed(RumorId id, List<NodeId> to, int round) implements Event {
        public Relayed {
            Objects.requireNonNull(id, "id");
        }
    }

    /** The node has not taken what it was given, by a person or by another node, and why. */
    record Refused(String reason) implements Event {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Retention has dropped the payloads of so many rumors. */
    record Forgotten(int rumors) implements Event {}

    /**
     * Another node knows messages or keys of this node's own that it does not know itself: what it had promised to keep is not there. Messages are fetched
     * back, and what it publishes from now on is numbered anew; keys have come with the news.
     *
     * @param messages how many, by the other node's word
     * @param keys how many; 0 if it is about messages
     */
    record OwnLost(NodeId from, long messages, long keys) implements Event {
        public OwnLost {
            Objects.requireNonNull(from, "from");
        }

        /** It is about messages. */
        public OwnLost(NodeId from, long messages) {
            this(from, messages, 0);
        }
    }

    /** A comparison has shown that the partner and this node have not seen the same. */
    record Differed(NodeId partner) implements Event {
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
    record Converged(RumorId id, int reached, long micros, int duplicates) implements Event {
        public Converged {
            Objects.requireNonNull(id, "id");
        }
    }

    /** So many messages to this node were dropped because its queue was full. Told by drivers. */
    record Overflowed(NodeId to, long messages) implements Event {
        public Overflowed {
            Objects.requireNonNull(to, "to");
        }
    }

    /**
     * Somebody has let something go wrong on purpose, here or between this node and others. Told by drivers.
     *
     * @param fault its id, the same at all nodes that it touches
     * @param what it does, in words
     * @param forNanos for how long; 0 until somebody ends it
     */
    record FaultBegan(String fault, String what, long forNanos) implements Event {
        public FaultBegan {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(what, "what");
        }
    }

    /** Such a fault is over, and why. Told by drivers. */
    record FaultEnded(String fault, String reason) implements Event {
        public FaultEnded {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(reason, "reason");
        }
    }

    // --- Versions and state ------------------------------------------------------------------------------------------

    /**
     * The node knows that every member has these versions.
     *
     * @param members how many they are, this node included
     */
    record Committed(Ranges versions, int members) implements Event {
        public Committed {
            Objects.requireNonNull(versions, "versions");
        }
    }

    /** The node's owner has written this key, or deleted it. */
    record Written(String key, Stamp stamp, boolean isDeletion) implements Event {
        public Written {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(stamp, "stamp");
        }
    }

    /** A later entry of this key than the node had has come. */
    record EntryReceived(String key, Stamp stamp, boolean isDeletion, NodeId from) implements Event {
        public EntryReceived {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(from, "from");
        }
    }

    // --- Members, links, and who died --------------------------------------------------------------------------------

    /** A node was taken into the list of members. */
    record MemberAdded(NodeId member) implements Event {
        public MemberAdded {
            Objects.requireNonNull(member, "member");
        }
    }

    /** A node was taken out of the list of members of a static network. */
    record MemberDismissed(NodeId member) implements Event {
        public MemberDismissed {
            Objects.requireNonNull(member, "member");
        }
    }

    record LinkUp(NodeId neighbour, LinkReason reason) implements Event {
        public LinkUp {
            Objects.requireNonNull(neighbour, "neighbour");
            Objects.requireNonNull(reason, "reason");
        }
    }

    record LinkDown(NodeId neighbour, LinkLoss reason) implements Event {
        public LinkDown {
            Objects.requireNonNull(neighbour, "neighbour");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A neighbour has not been heard of for this many heartbeat intervals; it may be dead. */
    record Suspected(NodeId neighbour, int intervals) implements Event {
        public Suspected {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }

    /** A suspected neighbour has spoken. */
    record Cleared(NodeId neighbour) implements Event {
        public Cleared {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }

    /** A neighbour has been silent for so long that it counts as dead here. */
    record Silent(NodeId neighbour) implements Event {
        public Silent {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }

    /** A node that had been lost has answered a ping. */
    record Reappeared(NodeId neighbour) implements Event {
        public Reappeared {
            Objects.requireNonNull(neighbour, "neighbour");
        }
    }

    // --- Seeds -------------------------------------------------------------------------------------------------------

    /** A seed runs, knowing these members of earlier lives. */
    record SeedStarted(int seeds, int quorum, List<NodeId> members) implements Event {
        public SeedStarted {
            members = List.copyOf(members);
        }
    }

    /** A peer has reported another dead to a seed, with the signed word of these neighbours of the accused. */
    record Reported(Statement statement, NodeId reporter, String text, List<NodeId> confirmed) implements Event {
        public Reported {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(reporter, "reporter");
            Objects.requireNonNull(text, "text");
            confirmed = List.copyOf(confirmed);
        }
    }

    /** A seed puts a change to the vote, with its own vote already cast. */
    record Proposed(Statement statement, boolean ownVote, int needed) implements Event {
        public Proposed {
            Objects.requireNonNull(statement, "statement");
        }
    }

    /** A seed has voted on a change that another proposes. */
    record Voted(Statement statement, NodeId proposer, boolean yes, String reason) implements Event {
        public Voted {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(proposer, "proposer");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A vote has come in. */
    record VoteReceived(Statement statement, NodeId seed, boolean yes, String reason, int yesVotes, int needed)
            implements Event {
        public VoteReceived {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(seed, "seed");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A vote is over. */
    record Decided(Statement statement, boolean approved, int yesVotes, int voters, int needed, String reason)
            implements Event {
        public Decided {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A seed's Peer List has changed, by its own vote or by what another seed could prove. */
    record ListChanged(Statement statement, List<NodeId> members) implements Event {
        public ListChanged {
            Objects.requireNonNull(statement, "statement");
            members = List.copyOf(members);
        }
    }

    /** The configuration does not say a seed's key; the first that it showed was believed, and holds from now on. */
    record KeyLearnt(NodeId seed, PublicKey key) implements Event {
        public KeyLearnt {
            Objects.requireNonNull(seed, "seed");
            Objects.requireNonNull(key, "key");
        }
    }

    /** Too few seeds can be reached for any change: joins and removals wait, messages still spread. */
    record SeedsWithoutQuorum(int reachable, int seeds) implements Event {}

    /** Enough seeds can be reached again. */
    record SeedsWithQuorum(int reachable, int seeds) implements Event {}

    // --- Peers of a network with seeds -------------------------------------------------------------------------------

    /** The peer asks these of all configured seeds to be registered. */
    record Applied(Statement statement, List<NodeId> seeds, int configured) implements Event {
        public Applied {
            Objects.requireNonNull(statement, "statement");
            seeds = List.copyOf(seeds);
        }
    }

    /** These of all configured seeds have been heard of since the peer asked: they can be reached. */
    record SeedsAnswered(List<NodeId> seeds, int configured) implements Event {
        public SeedsAnswered {
            seeds = List.copyOf(seeds);
        }
    }

    /**
     * The peer is registered.
     *
     * @param seed who says so; the peer itself, if it knows from an earlier life
     */
    record Registered(Statement statement, NodeId seed) implements Event {
        public Registered {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(seed, "seed");
        }
    }

    /** The peer is not registered yet, and tries again after a while. */
    record NotRegistered(String reason, long retryNanos) implements Event {
        public NotRegistered {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A seed has answered with what has changed in its Peer List. */
    record PeerListReceived(NodeId seed, int changes, int members) implements Event {
        public PeerListReceived {
            Objects.requireNonNull(seed, "seed");
        }
    }

    /** The peer has drawn these members to be its neighbours. */
    record NeighboursDrawn(List<NodeId> neighbours) implements Event {
        public NeighboursDrawn {
            neighbours = List.copyOf(neighbours);
        }
    }

    /** A member is no more, by a certificate. */
    record MemberRemoved(NodeId member, long incarnation) implements Event {
        public MemberRemoved {
            Objects.requireNonNull(member, "member");
        }
    }

    /** The peer has made up a message. */
    record Generated(int number, String text) implements Event {
        public Generated {
            Objects.requireNonNull(text, "text");
        }
    }

    /** The witnesses of a silent peer have decided. */
    record SuspicionDecided(NodeId accused, int confirmed, int witnesses, boolean majority) implements Event {
        public SuspicionDecided {
            Objects.requireNonNull(accused, "accused");
        }
    }

    /** The peer has reported a dead neighbour to the seeds. */
    record DeadNodeReported(String text, int confirmations) implements Event {
        public DeadNodeReported {
            Objects.requireNonNull(text, "text");
        }
    }
}
