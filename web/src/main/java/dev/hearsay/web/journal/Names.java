package dev.hearsay.web.journal;

import dev.hearsay.core.NodeId;

/** Whom the addresses in events belong to. */
public interface Names {

    /** Which node has that address; -1 if none that is known. */
    int index(NodeId address);

    /** The address of that node. */
    NodeId address(int index);

    /** What people call that node: its name, or its address. */
    String called(int index);
}
