package dev.hearsay.sim;

import dev.hearsay.core.Event;
import dev.hearsay.core.Message;

/** Looks on while a simulation runs; it must not change anything. Nodes are named by their numbers. */
public interface Observer {

    /** Sees nothing. */
    Observer NONE = new Observer() {};

    /** Why a message does not arrive. */
    enum Loss {
        /** The network lost it, as it was told to lose some. */
        CHANCE,
        /** A partition or a one-way cut is in its way. */
        CUT,
        /** There is nobody at the other end. */
        DOWN,
        /** Somebody has intervened. */
        DROPPED
    }

    /** A node has told an event, or the simulator has told one about it. */
    default void told(long atNanos, int node, Event event) {}

    /** A message has left its sender. */
    default void sent(long atNanos, int from, int to, Message message) {}

    /** A message has been lost. */
    default void lost(long atNanos, int from, int to, Message message, Loss why) {}

    /** A fault has struck these nodes. */
    default void struck(long atNanos, Fault fault, int[] victims) {}

    /** A fault is over for these nodes. */
    default void relented(long atNanos, Fault fault, int[] victims) {}
}
