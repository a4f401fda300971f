package dev.hearsay.core.overlay;

import dev.hearsay.core.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a node knows of the others' links, and why it has those of its own that it did not have at its start. */
final class Acquaintances {

    /** The neighbours of the neighbours. */
    final Map<NodeId, List<NodeId>> theirs = new LinkedHashMap<>();

    /** Who was lost and has not come back. */
    final Set<NodeId> lost = new LinkedHashSet<>();

    /** Links to random members that have not answered yet. */
    final Set<NodeId> unansweredPatches = new LinkedHashSet<>();

    /** Links that close gaps, each with the lost nodes that it stands in for. */
    private final Map<NodeId, Set<NodeId>> mends = new LinkedHashMap<>();

    /** A link stands in for these lost nodes. */
    void mend(NodeId neighbour, Set<NodeId> causes) {
        mends.computeIfAbsent(neighbour, n -> new LinkedHashSet<>()).addAll(causes);
    }

    /** Whether this node needs the link to close a gap. */
    boolean isMend(NodeId neighbour) {
        return mends.containsKey(neighbour);
    }

    /**
     * A neighbour is lost.
     *
     * @return for whom the links that close the gap stand in: for those that the lost one stood in for, or for itself
     */
    Set<NodeId> lose(NodeId gone) {
        lost.add(gone);
        Set<NodeId> causes = mends.remove(gone);
        return causes == null ? Set.of(gone) : causes;
    }

    /**
     * A node is alive.
     *
     * @return the neighbours whose links stood in for it, and for nobody else
     */
    List<NodeId> back(NodeId node) {
        if (!lost.remove(node)) {
            return List.of();
        }
        List<NodeId> unneeded = new ArrayList<>();
        mends.forEach((neighbour, causes) -> {
            if (causes.remove(node) && causes.isEmpty()) {
                unneeded.add(neighbour);
            }
        });
        unneeded.forEach(mends::remove);
        return unneeded;
    }
}
