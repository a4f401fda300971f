package dev.hearsay.live.transport;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.wire.MessageJson;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node's links, made when there is something to send. Anybody can have anything sent to any address by asking in its name, so links to nodes that are
 * not known are few: when there are no more, answers go back over the connection that the question came on, and what must go to the address takes the
 * place of the one that has been of no use for longest.
 */
final class PeerLinks {

    /** So many strangers are answered at their addresses at once. */
    private static final int ANSWERED_MAX = 64;

    /** So many are talked to at once, those included who must be reached at their addresses: many may want to join at the same time. */
    static final int STRANGERS_MAX = 256;

    private final Transport.Receiver receiver;
    private final Function<Message, byte[]> encode;
    private final Function<NodeId, Link> make;
    private final Map<NodeId, Link> links = new HashMap<>();

    /** Those to nodes that are not known, the least recently used first. */
    private final Map<NodeId, Link> strangers = new LinkedHashMap<>(16, 0.75f, true);

    /** What was encoded last: a rumor goes to several peers in a row. */
    private @Nullable Message lastMessage;

    private byte[] lastBytes = new byte[0];

    PeerLinks(Transport.Receiver receiver, Function<Message, byte[]> encode, Function<NodeId, Link> make) {
        this.receiver = receiver;
        this.encode = encode;
        this.make = make;
    }

    /**
     * Sends a message, soon.
     *
     * @param asked writes an answer to the connection on which it was asked for, null if there is none
     */
    @SuppressWarnings("ReferenceEquality") // the very same object, not one that is equal
    void send(NodeId to, Message message, @Nullable Consumer<byte[]> asked) {
        if (message != lastMessage) {
            lastBytes = encode.apply(message);
            lastMessage = message;
        }
        if (lastBytes.length > MessageJson.MESSAGE_BYTES_MAX) {
            receiver.refused("a message of " + lastBytes.length + " bytes to " + to + "; the limit is "
                    + MessageJson.MESSAGE_BYTES_MAX);
            return;
        }
        boolean mustReach = !isAnswer(message) || lastBytes.length > TcpLink.ANSWER_BYTES_MAX;
        Link link = link(to, mustReach);
        if (link != null) {
            // A sign of life that waits behind a long queue comes too late: its sender would be taken for dead.
            link.send(
                    lastBytes, message instanceof HeartbeatProtocol.Ping || message instanceof HeartbeatProtocol.Pong);
        } else if (!mustReach) {
            if (asked != null) {
                asked.accept(lastBytes);
            }
        } else {
            receiver.refused("a message to " + to + ", which is not known here: there are " + STRANGERS_MAX
                    + " such nodes to be talked to already");
        }
    }

    /**
     * What may go back over the connection on which somebody has asked for it; it is asked for again if it does not arrive. All else goes to the address that
     * he has given: a seed that examines, or tells of a certificate, wants to find out who is there.
     */
    static boolean isAnswer(Message message) {
        return message instanceof HeartbeatProtocol.Pong
                || message instanceof PeerListProtocol.PeerList
                || message instanceof RegistrationProtocol.RegisterNack;
    }

    /** The link to a node; null if it is a stranger for whom there is no room. */
    private @Nullable Link link(NodeId to, boolean mustReach) {
        Link link = links.get(to);
        if (link != null) {
            return link;
        }
        if (receiver.knows(to)) {
            Link known = strangers.remove(to);
            link = known == null ? make.apply(to) : known;
            links.put(to, link);
            return link;
        }
        link = strangers.get(to);
        if (link == null && hasRoom(mustReach)) {
            link = make.apply(to);
            strangers.put(to, link);
        }
        return link;
    }

    private boolean hasRoom(boolean mustReach) {
        return strangers.size() < ANSWERED_MAX || (mustReach && (evict() || strangers.size() < STRANGERS_MAX));
    }

    /** Closes the link to the stranger who has been of no use for longest; false if all are in use. */
    private boolean evict() {
        for (Iterator<Link> oldest = strangers.values().iterator(); oldest.hasNext(); ) {
            Link link = oldest.next();
            if (link.isIdleOrFailing()) {
                oldest.remove();
                link.close();
                return true;
            }
        }
        return false;
    }

    /** Something has come from this peer. */
    void isUp(NodeId peer) {
        Link back = links.getOrDefault(peer, strangers.get(peer));
        if (back != null) {
            back.peerIsUp();
        }
    }

    long queued() {
        long queued = 0;
        for (Link link : links.values()) {
            queued += link.queued();
        }
        for (Link link : strangers.values()) {
            queued += link.queued();
        }
        return queued;
    }

    /** Closes what has taken too long, and forgets links that nobody needs. */
    void sweep(long nowNanos) {
        links.values().removeIf(link -> link.isOver(nowNanos));
        strangers.values().removeIf(link -> link.isOver(nowNanos));
    }

    void close() {
        links.values().forEach(Link::close);
        links.clear();
        strangers.values().forEach(Link::close);
        strangers.clear();
        lastMessage = null;
    }
}
