package dev.hearsay.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Whom to send to: all of some nodes but one, or so many of them at random. */
public final class Draw {

    /** With fewer nodes than this many times those wanted, shuffling a copy beats drawing until all differ. */
    private static final int DRAWS_PER_COPY = 4;

    private Draw() {}

    /** All but one, in their order. */
    public static List<NodeId> others(List<NodeId> nodes, NodeId one) {
        List<NodeId> others = new ArrayList<>(nodes.size());
        for (NodeId node : nodes) {
            if (!node.equals(one)) {
                others.add(node);
            }
        }
        return others;
    }

    /** So many of all but one, uniformly without replacement; all of them if they are no more. */
    public static List<NodeId> some(List<NodeId> nodes, NodeId one, int count, Random64 random) {
        return nodes.size() <= DRAWS_PER_COPY * count
                ? shuffled(others(nodes, one), count, random)
                : drawn(nodes, one, count, random);
    }

    /** The first {@code count} of a Fisher–Yates shuffle. */
    private static List<NodeId> shuffled(List<NodeId> nodes, int count, Random64 random) {
        if (nodes.size() <= count) {
            return nodes;
        }
        for (int i = 0; i < count; i++) {
            Collections.swap(nodes, i, i + random.nextInt(nodes.size() - i));
        }
        return new ArrayList<>(nodes.subList(0, count));
    }

    /** Draws again until {@code count} differ: cheaper than a copy where the nodes are many, as in a full overlay. */
    private static List<NodeId> drawn(List<NodeId> nodes, NodeId one, int count, Random64 random) {
        List<NodeId> drawn = new ArrayList<>(count);
        while (drawn.size() < count) {
            NodeId node = nodes.get(random.nextInt(nodes.size()));
            if (!node.equals(one) && !drawn.contains(node)) {
                drawn.add(node);
            }
        }
        return drawn;
    }
}
