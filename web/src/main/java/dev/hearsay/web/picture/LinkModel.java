package dev.hearsay.web.picture;

import dev.hearsay.core.NodeId;
import dev.hearsay.web.journal.History;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who is linked to whom: a link is there as long as one of its ends says so and is not gone. */
final class LinkModel {

    /** Hears that a link has come, or gone. */
    interface Listener {
        void onLink(History.Pair pair, boolean isThere, long atMicros);
    }

    private final Function<NodeId, @Nullable NodeModel> find;
    private final Listener listener;

    /**
     * No links.
     *
     * @param find who has an address; null if nobody is known there
     * @param listener hears of links in whatever state they are, also in that which they had
     */
    LinkModel(Function<NodeId, @Nullable NodeModel> find, Listener listener) {
        this.find = find;
        this.listener = listener;
    }

    void add(NodeModel node, NodeId neighbour, long atMicros) {
        node.neighbours.add(neighbour);
        judge(node, neighbour, atMicros);
    }

    void remove(NodeModel node, NodeId neighbour, long atMicros) {
        if (node.neighbours.remove(neighbour)) {
            judge(node, neighbour, atMicros);
        }
    }

    /** These are all its neighbours. */
    void replace(NodeModel node, Collection<NodeId> neighbours, long atMicros) {
        Set<NodeId> wanted = new HashSet<>(neighbours);
        for (NodeId neighbour : Set.copyOf(node.neighbours)) {
            if (!wanted.contains(neighbour)) {
                remove(node, neighbour, atMicros);
            }
        }
        wanted.forEach(neighbour -> add(node, neighbour, atMicros));
    }

    /** What a node that is gone said of its links is no longer true; until it is back. */
    void judge(NodeModel node, long atMicros) {
        node.neighbours.forEach(neighbour -> judge(node, neighbour, atMicros));
    }

    private void judge(NodeModel node, NodeId neighbour, long atMicros) {
        NodeModel other = find.apply(neighbour);
        if (other != null && other != node) {
            boolean isThere = says(node, other) || says(other, node);
            listener.onLink(History.Pair.of(node.index, other.index), isThere, atMicros);
        }
    }

    private static boolean says(NodeModel node, NodeModel other) {
        return !node.isGone() && node.neighbours.contains(other.address);
    }
}
