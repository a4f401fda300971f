package dev.hearsay.core;

import java.util.List;

/** The part of a node that knows who is in. */
public interface Membership extends Part {

    /** All members, this node included, in a fixed order. */
    List<NodeId> members();

    /** Whether this node is in, as far as it knows. */
    boolean isRegistered();

    /** Whether others know that it is, and so have reason to answer it. */
    boolean isMember();

    /** Whether that node decides who is in. */
    boolean isSeed(NodeId node);

    /** Whether that node is one of the network. */
    boolean knows(NodeId node, List<NodeId> neighbours);

    /** Whether what that node says is taken; a peer that has never heard of it asks who it is. */
    boolean accepts(long nowNanos, NodeId from, Message message, View view, Effects effects);

    /** Saves again what could not be saved; called before each step that can send anything. */
    void saveAgain(Effects effects);
}
