package dev.hearsay.core;

import java.util.List;

/** The overlay: links are mutual. Neighbours tell each other whom they are linked to, and close the gap when one of them is lost. */
public interface LinkProtocol extends Familial {

    @Override
    default Family family() {
        return Family.LINKS;
    }

    /** What nodes say to each other. */
    sealed interface Messages extends Message, LinkProtocol {}

    /** What happened. */
    sealed interface Events extends Event, LinkProtocol {}

    /**
     * You are my neighbour, and these are all of mine. Sent when a node starts, when it links to somebody new, and to all
     * neighbours when its set changes: when a node dies, its neighbours must know each other to close the gap. Where others are drawn for lost
     * neighbours, nobody needs to know them, and the receiver stands alone in the list.
     *
     * <p>A receiver that is not among these learns that it is no neighbour, or no longer; it is told so, too, when it pings as one, and now and then where the sender does not need the link. It drops it; if it
     * needs the link, it asks for it again. Only who is asked makes a new link, and who has too many declines by such an answer.
     *
     * @param answer whether the sender asks for this link, and for the receiver's neighbours in return
     * @param everybody whether the sender is linked to all members; the list is empty then
     */
    record Link(List<NodeId> neighbours, boolean answer, boolean everybody) implements Messages {
        public Link {
            neighbours = List.copyOf(neighbours);
        }

        public Link(List<NodeId> neighbours, boolean answer) {
            this(neighbours, answer, false);
        }

        /** Whether the sender counts this node as its neighbour. */
        public boolean counts(NodeId node) {
            return everybody || neighbours.contains(node);
        }
    }

    /** I am going. The receiver drops the link without suspecting anybody, and closes the gap. */
    record Leave() implements Messages {}

    record LinkUp(NodeId neighbour, LinkReason reason) implements Events {}

    record LinkDown(NodeId neighbour, LinkLoss reason) implements Events {}

    /** The peer has drawn these members to be its neighbours. */
    record NeighboursDrawn(List<NodeId> neighbours) implements Events {
        public NeighboursDrawn {
            neighbours = List.copyOf(neighbours);
        }
    }

    /** Why a link came to be. */
    enum LinkReason {
        /** The other node asked for it. */
        ASKED,
        /** It closes the gap that a lost neighbour left. */
        HEAL,
        /** The other node was silent and is back. */
        RETURNED,
        /** This node has drawn it as a neighbour. */
        DRAWN
    }

    /** Why a link is gone. */
    enum LinkLoss {
        /** The other node said that it goes. */
        LEFT,
        /** The other node answered no more. */
        SILENT,
        /** The other node is no member any more. */
        REMOVED,
        /** The link closed a gap that is closed again without it. */
        UNNEEDED
    }
}
