package dev.hearsay.core;

import java.util.List;
import java.util.Objects;

/**
 * A rumor on its way, with what changes on the way.
 *
 * @param rumor what is carried
 * @param hops links crossed so far, the one it is about to cross included; 0 at its origin
 * @param path the nodes that had it before, its origin first and the sender last; empty when paths are not traced
 */
public record Carried(Rumor rumor, int hops, List<NodeId> path) {

    public Carried {
        Objects.requireNonNull(rumor, "rumor");
        Objects.requireNonNull(path, "path");
        if (hops < 0) {
            throw new IllegalArgumentException("hops must not be negative, but are " + hops);
        }
    }
}
