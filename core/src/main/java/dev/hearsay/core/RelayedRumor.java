package dev.hearsay.core;

import java.util.List;

/**
 * A rumor on its way, with what changes on the way. Whatever is said about the way, it can be passed on: a count of hops stays at its limit, and a path
 * that is too long is left out.
 *
 * @param rumor what is carried
 * @param hops links crossed so far, the one it is about to cross included; 0 at its origin; at most {@link #HOPS_MAX}
 * @param path the nodes that had it before, its origin first and the sender last; empty when paths are not traced, or it had more than {@link #PATH_MAX}
 */
public record RelayedRumor(Rumor rumor, int hops, List<NodeId> path) {

    /** More links than any rumor crosses. */
    public static final int HOPS_MAX = 1_000_000;

    /** Longer paths are not kept, for each node that has the rumor keeps its own. */
    public static final int PATH_MAX = 1024;

    public RelayedRumor {
        if (hops < 0) {
            throw new IllegalArgumentException("hops must not be negative, but are " + hops);
        }
        hops = Math.min(hops, HOPS_MAX);
        path = path.size() > PATH_MAX ? List.of() : path;
    }
}
