package dev.hearsay.core;

import org.jspecify.annotations.Nullable;

/** Who is silent: neighbours ping each other, and seeds ping the peers that they are to vote on. */
public interface HeartbeatProtocol extends Familial {

    @Override
    default Family family() {
        return Family.HEARTBEATS;
    }

    /** What nodes say to each other. */
    sealed interface Messages extends Message, HeartbeatProtocol {}

    /** What comes due. */
    sealed interface Timers extends Timer, HeartbeatProtocol {}

    /** What happened. */
    sealed interface Events extends Event, HeartbeatProtocol {
        /** Who is, or is not, silent. */
        NodeId neighbour();
    }

    /**
     * Are you there? Sent to a neighbour that has said nothing for an interval, or has not shown for some that it is itself who speaks, and by a seed to a
     * peer it is to vote on. Answered with a {@link Pong}. The number is one that nobody else can guess.
     */
    record Ping(long number) implements Messages {}

    /**
     * I am. The number is that of the ping.
     *
     * @param life in a network with seeds, the sender's signature of {@link Statement#proofOfLife} for that number; null elsewhere
     */
    record Pong(long number, @Nullable Signature life) implements Messages {
        /** The answer of a node that has no key. */
        public Pong(long number) {
            this(number, null);
        }
    }

    /** Ping the neighbours that have been silent, and count the silences. */
    record HeartbeatRound(long generation) implements Timers {}

    /** A neighbour has not been heard of for this many heartbeat intervals; it may be dead. */
    record Suspected(NodeId neighbour, int intervals) implements Events {}

    /** A suspected neighbour has spoken. */
    record Cleared(NodeId neighbour) implements Events {}

    /** A neighbour has been silent for so long that it counts as dead here. */
    record Silent(NodeId neighbour) implements Events {}

    /** A node that had been lost has answered a ping. */
    record Reappeared(NodeId neighbour) implements Events {}
}
