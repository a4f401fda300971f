package dev.hearsay.bench.peers;

/**
 * A system that is measured: a network of nodes in this JVM, all of them on loopback. One instance is one network; it is started
 * once, used by one thread, and ends with its JVM.
 */
interface Contender {

    /**
     * Starts the nodes, numbered from 0, and returns once the network is ready by the system's own measure: every node
     * knows all the others, or has its links.
     *
     * @param deliveries told of every message that a node gets from another one, by whatever threads the system has
     */
    void start(int nodes, Deliveries deliveries) throws Exception;

    /**
     * Hands a message to a node, for all other nodes to get. May return before the node has dealt with it, and may block for as
     * long as the system wants its senders to wait.
     *
     * @param payload made by {@link Payload}; handed over
     */
    void broadcast(int node, byte[] payload) throws Exception;

    /** The ear of the measurement. */
    interface Deliveries {
        /**
         * A node has got a message that another one has broadcast.
         *
         * @param number the one in the message's {@link Payload}
         */
        void delivered(int node, int number);
    }
}
