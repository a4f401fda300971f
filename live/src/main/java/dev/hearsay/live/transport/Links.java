package dev.hearsay.live.transport;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.MessageJson;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node's links, made when there is something to send. */
final class Links {

    private final Transport.Receiver receiver;
    private final Function<Message, byte[]> encode;
    private final Function<NodeId, Link> make;
    private final Map<NodeId, Link> links = new HashMap<>();

    /** What was encoded last: a rumor goes to several peers in a row. */
    private @Nullable Message lastMessage;

    private byte[] lastBytes = new byte[0];

    Links(Transport.Receiver receiver, Function<Message, byte[]> encode, Function<NodeId, Link> make) {
        this.receiver = receiver;
        this.encode = encode;
        this.make = make;
    }

    @SuppressWarnings("ReferenceEquality") // the very same object, not one that is equal
    void send(NodeId to, Message message) {
        if (message != lastMessage) {
            lastBytes = encode.apply(message);
            lastMessage = message;
        }
        if (lastBytes.length > MessageJson.MESSAGE_BYTES_MAX) {
            receiver.refused("a message of " + lastBytes.length + " bytes to " + to + "; the limit is "
                    + MessageJson.MESSAGE_BYTES_MAX);
            return;
        }
        // A sign of life that waits behind a long queue comes too late: its sender would be taken for dead.
        links.computeIfAbsent(to, make)
                .send(lastBytes, message instanceof Message.Ping || message instanceof Message.Pong);
    }

    /** Something has come from this peer. */
    void isUp(NodeId peer) {
        Link back = links.get(peer);
        if (back != null) {
            back.peerIsUp();
        }
    }

    long queued() {
        long queued = 0;
        for (Link link : links.values()) {
            queued += link.queued();
        }
        return queued;
    }

    /** Closes what has taken too long, and forgets links that nobody needs. */
    void sweep(long nowNanos) {
        links.values().removeIf(link -> link.isOver(nowNanos));
    }

    void close() {
        links.values().forEach(Link::close);
        links.clear();
        lastMessage = null;
    }
}
