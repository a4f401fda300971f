package dev.hearsay.core;

import org.jspecify.annotations.Nullable;

/** Who died: the witnesses of a silent peer decide whether seeds are to hear of it. */
public interface SuspicionProtocol extends Familial {

    @Override
    default Family family() {
        return Family.SUSPICIONS;
    }

    /** What peers say to each other. */
    sealed interface Messages extends Message, SuspicionProtocol {}

    /** What comes due. */
    sealed interface Timers extends Timer, SuspicionProtocol {}

    /** What happened. */
    sealed interface Events extends Event, SuspicionProtocol {}

    /**
     * Is this neighbour of yours silent for you too? Sent by a peer that suspects it to all whom it is linked to; they know each other from
     * its {@link Declaration}. Each answers when it knows.
     *
     * @param registration the life of the accused that is in question
     */
    record SuspectQuery(Statement registration) implements Messages {}

    /**
     * A witness's word on the accused. With a confirmation (its signature of {@link Statement#confirmation()} of the removal) it says that the
     * accused has answered none of its own pings either; without one, that it has heard from it.
     */
    record SuspectReply(Statement registration, @Nullable Signature confirmation) implements Messages {}

    /** The witnesses of a silent peer have had their time. */
    record SuspicionTimeout(Statement registration, long generation) implements Timers {}

    /** Look at a member that is nobody's neighbour here. */
    record Probe(long generation) implements Timers {}

    /** The witnesses of a silent peer have decided. */
    record SuspicionDecided(NodeId accused, int confirmed, int witnesses, boolean majority) implements Events {}

    /** The peer has reported a dead neighbour to the seeds. */
    record DeadNodeReported(String text, int confirmations) implements Events {}
}
