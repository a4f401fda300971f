package dev.hearsay.live.transport;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import io.vertx.core.Future;
import java.util.List;

/**
 * Carries messages between nodes. Any may be lost, repeated or overtaken; none is changed. What a peer does, or fails to do,
 * never holds up another peer or the node itself.
 */
public interface Transport {

    /** One node's end of it. Its methods are called on the node's loop. */
    interface Endpoint {

        /**
         * Sends a message, soon. If the peer cannot be reached, the message waits a while in a bounded queue.
         *
         * @param message the same object may be sent to many peers, and is then encoded once
         */
        void send(NodeId to, Message message);

        /** How many messages wait for peers that have not taken them yet. */
        long queued();

        /** Closes the port and every connection; nothing is received after this returns. Completes when the port is free. */
        Future<Void> close();
    }

    /** What an endpoint tells its node, on the node's loop. */
    interface Receiver {

        /**
         * Messages have come.
         *
         * @return false if the node does not take any yet; the peer tries again
         */
        boolean received(NodeId from, List<Message> messages);

        /** Whether the node knows of this one as of a node of its network; a stranger may call itself anything. */
        boolean knows(NodeId node);

        /** A peer has confirmed something for the first time since the connection to it was made. */
        void linked(NodeId to);

        /** So many messages to this peer were dropped, the oldest first, because its queue was full. */
        void overflowed(NodeId to, long messages);

        /** Something that was sent, or has come, was not taken, and why: one sentence. */
        void refused(String reason);

        /** Where the endpoint counts its bytes. */
        Traffic traffic();
    }

    /**
     * Opens a node's end; must be called on the loop. Fails with a {@link TransportException} if the node cannot listen at its
     * address.
     */
    Future<Endpoint> open(Loop loop, NodeId self, Receiver receiver);
}
