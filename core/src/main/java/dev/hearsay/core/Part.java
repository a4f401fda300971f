package dev.hearsay.core;

/**
 * One concern of a node, stepped like the node itself. Parts do not know each other: they tell events, and the node
 * routes to each part the inputs and the events that are its own.
 */
public interface Part {

    /**
     * Takes an input.
     *
     * @param nowNanos monotonic time of this node; only differences mean anything
     */
    void step(long nowNanos, Input input, Effects effects);

    /** Hears an event that another part of the same node has told. */
    default void hear(long nowNanos, Event event, Effects effects) {}
}
