package dev.hearsay.core;

/**
 * A deterministic state machine, be it a node, a peer or a seed: without clock, threads or sockets. Its driver feeds it {@link Input}s one at a time
 * and carries out the {@link Effects}.
 */
public interface Machine {

    NodeId self();

    /** Whether it knows of that node as of one of its network. */
    default boolean knows(NodeId node) {
        return true;
    }

    /**
     * Takes one input, and wants whatever it wants of the effects before it returns. Never blocks; one thread at a time.
     *
     * @param nowNanos monotonic time of this node; must not go backwards
     */
    void step(long nowNanos, Input input, Effects effects);
}
