package dev.hearsay.core;

import java.util.List;

/** Whom a node knows at this moment, as its parts may ask. */
public interface View {

    /** The nodes this one has links to, in a fixed order. */
    List<NodeId> neighbours();

    /** All members, this node included, in a fixed order. */
    List<NodeId> members();

    /** Whether this node is a member itself, as far as it knows. */
    default boolean isRegistered() {
        return true;
    }
}
