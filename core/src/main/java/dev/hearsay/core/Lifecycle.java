package dev.hearsay.core;

import java.util.List;

/** The life of a node, and what may happen to it beside all protocols. */
public interface Lifecycle extends Familial {

    @Override
    default Family family() {
        return Family.LIFE;
    }

    /** What happened. */
    sealed interface Events extends Event, Lifecycle {}

    /** What was not taken. */
    sealed interface Refusals extends Event {
        @Override
        default Family family() {
            return Family.REFUSALS;
        }
    }

    /** What happened around the node. Told by drivers. */
    sealed interface DriverEvents extends Event {
        @Override
        default Family family() {
            return Family.DRIVER;
        }
    }

    /** The node runs, with these neighbours, and remembers so many rumors of an earlier life. */
    // The list is shared, not copied: where everybody is linked to everybody, copies at n nodes would be n².
    record Started(List<NodeId> neighbours, int remembered) implements Events {}

    /** A seed runs, knowing these members of earlier lives. */
    record SeedStarted(int seeds, int quorum, List<NodeId> members) implements Events {
        public SeedStarted {
            members = List.copyOf(members);
        }
    }

    /** The node has said goodbye. */
    record Departed() implements Events {}

    /** The driver has stopped the node, or found it dead. Told by drivers. */
    record Stopped() implements Events {}

    /** The node has not taken what it was given, by a person or by another node, and why. */
    record Refused(String reason) implements Refusals {}

    /** So many messages to this node were dropped because its queue was full. Told by drivers. */
    record Overflowed(NodeId to, long messages) implements DriverEvents {}

    /**
     * Somebody has let something go wrong on purpose, here or between this node and others. Told by drivers.
     *
     * @param fault its id, the same at all nodes that it touches
     * @param what it does, in words
     * @param forNanos for how long; 0 until somebody ends it
     */
    record FaultBegan(String fault, String what, long forNanos) implements DriverEvents {}

    /** Such a fault is over, and why. Told by drivers. */
    record FaultEnded(String fault, String reason) implements DriverEvents {}
}
