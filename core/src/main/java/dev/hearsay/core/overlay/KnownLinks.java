package dev.hearsay.core.overlay;

import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a node knows of the others' links, and why it has those of its own that it did not have at its start. */
final class KnownLinks {

    /** What the neighbours said last about their neighbours. */
    final Map<NodeId, LinkProtocol.Link> theirs = new LinkedHashMap<>();

    /** Whether the neighbours were told that this node is linked to everybody. */
    boolean haveHeardOfEverybody;

    /** Members that were lost and have not come back. */
    final Set<NodeId> lost = new LinkedHashSet<>();

    /** Those of them to whom this node had drawn its link. */
    final Set<NodeId> lostDrawn = new LinkedHashSet<>();

    /** The links that this node has drawn itself, from the one it has had longest to the latest. */
    final List<NodeId> drawn = new ArrayList<>();

    /** How often a neighbour was asked for its link again without a word that it has it. */
    final Map<NodeId, Integer> asks = new LinkedHashMap<>();

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

    /** A link is no more, for whatever reason. */
    void drop(NodeId neighbour) {
        theirs.remove(neighbour);
        unansweredPatches.remove(neighbour);
        asks.remove(neighbour);
        drawn.remove(neighbour);
    }

    /** A node is no member any more: links that stand in for it do so for ever, which the node itself as their cause says. */
    void forget(NodeId removed, NodeId self) {
        lost.remove(removed);
        lostDrawn.remove(removed);
        for (Set<NodeId> causes : mends.values()) {
            if (causes.remove(removed)) {
                causes.add(self);
            }
        }
    }

    /** A link closes no gap any more; for whom it did. */
    Set<NodeId> stopMending(NodeId neighbour) {
        Set<NodeId> causes = mends.remove(neighbour);
        return causes == null ? Set.of() : causes;
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
     * @param isHome whether it is a neighbour from the start: then nobody needs to stand in for those any more who are not lost, but were heard of when
     *     there was no neighbour at all
     * @return the neighbours whose links stood in for it, and for nobody else
     */
    List<NodeId> back(NodeId node, boolean isHome, NodeId self) {
        lostDrawn.remove(node);
        if (!lost.remove(node)) {
            return List.of();
        }
        List<NodeId> unneeded = new ArrayList<>();
        mends.forEach((neighbour, causes) -> {
            boolean isRelieved = causes.remove(node);
            if (isHome) {
                isRelieved |= causes.removeIf(cause -> !lost.contains(cause) && !cause.equals(self));
            }
            if (isRelieved && causes.isEmpty()) {
                unneeded.add(neighbour);
            }
        });
        unneeded.forEach(mends::remove);
        return unneeded;
    }
}
