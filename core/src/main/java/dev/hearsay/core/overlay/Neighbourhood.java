package dev.hearsay.core.overlay;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.LinkProtocol.LinkLoss;
import dev.hearsay.core.LinkProtocol.LinkReason;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of one node, what it tells them about each other, and how they close the gap when one of them is lost.
 *
 * <p>Neighbours tell each other their neighbours. When one of them is gone, those it linked know each other, and each links to
 * the next of them in the order of their names: the ring that replaces the lost node joins every piece it held together
 * (the idea of Pandurangan and Trehan, <i>Xheal: localized self-healing using expanders</i>, PODC 2011, with a ring for the
 * expander). When several neighbours go at once the ring has gaps. Whoever finds such a gap, because the next one in the ring
 * never answers, links to {@value #PATCHES} random members: two pieces of the overlay then stay apart only if all of these
 * lie in the piece of their finders, and anti-entropy asks strangers too.
 *
 * <p>A link that closed a gap is dropped when the lost node is back, or the overlay would grow denser with every failure.
 */
abstract class Neighbourhood {

    /** Two large pieces have several finders of gaps each; with this many links of each, all miss the other side rarely. */
    private static final int PATCHES = 3;

    /** Links that a node has at most beside those of its start, and as many as those. */
    static final int EXTRA = 8;

    private static final int DRAWS = 8;

    /** In one round in so many it is asked whether the links that this node does not need are needed. */
    private static final int ROUNDS_PER_DOUBT = 32;

    /** Kept in place of what any neighbour says that is linked to everybody. */
    private static final LinkProtocol.Link EVERYBODY = new LinkProtocol.Link(List.of(), false, true);

    final NodeId self;
    private final Context context;
    final View view;
    final LinkPolicy.Upkeep upkeep;

    /** The neighbours at the start. */
    private final List<NodeId> home;

    /** Made when there is something to put into it, which without heartbeats is never. */
    private @Nullable KnownLinks acquaintances;

    private List<NodeId> neighbours;

    /** How many of the neighbours were none at the start. */
    private int extras;

    Neighbourhood(NodeId self, List<NodeId> neighbours, Context context, View view, LinkPolicy.Upkeep upkeep) {
        this.self = self;
        this.neighbours = neighbours;
        this.home = neighbours;
        this.context = context;
        this.view = view;
        this.upkeep = upkeep;
    }

    KnownLinks acquaintances() {
        if (acquaintances == null) {
            acquaintances = new KnownLinks();
        }
        return acquaintances;
    }

    public final List<NodeId> neighbours() {
        return neighbours;
    }

    boolean contains(NodeId node) {
        return neighbours.contains(node);
    }

    boolean isHome(NodeId node) {
        return home.contains(node);
    }

    /** Whether one more link than those of the start is within bounds. */
    boolean hasRoom() {
        return upkeep == LinkPolicy.Upkeep.DRAW
                || extras < home.size() + EXTRA
                || neighbours.size() + acquaintances().lost.size() + 2
                        >= view.members().size();
    }

    // --- What neighbours tell each other -----------------------------------------------------------------------------

    /** A node has said that it counts this one as its neighbour, and who else is one. */
    void countedBy(NodeId from, LinkProtocol.Link link) {
        if (upkeep == LinkPolicy.Upkeep.HEAL) {
            acquaintances().theirs.put(from, link.everybody() ? EVERYBODY : link);
        }
        acquaintances().unansweredPatches.remove(from);
        acquaintances().asks.remove(from);
    }

    /** A neighbour has pinged this node: it counts it as its own. */
    void pingedBy(NodeId neighbour) {
        if (acquaintances != null) {
            acquaintances.asks.remove(neighbour);
        }
    }

    /** Whether every member is a neighbour, or lost: only then others need no list of them. */
    private boolean hasEverybody() {
        int absent = view.members().size() - 1 - neighbours.size();
        if (absent <= 0 || acquaintances == null || acquaintances.lost.size() < absent) {
            return absent <= 0;
        }
        for (NodeId lost : acquaintances.lost) {
            absent -= neighbours.contains(lost) ? 0 : 1;
        }
        return absent <= 0;
    }

    /** What this node says to another about the link between them. */
    Message link(NodeId to, boolean answer) {
        boolean counts = neighbours.contains(to);
        return upkeep == LinkPolicy.Upkeep.HEAL
                ? link(counts && hasEverybody(), answer)
                : new LinkProtocol.Link(counts ? List.of(to) : List.of(), answer);
    }

    private Message link(boolean isToAll, boolean answer) {
        return new LinkProtocol.Link(isToAll ? List.of() : neighbours, answer, isToAll);
    }

    /** Tells all neighbours but one who they are. Who is linked to everybody says so once: nobody needs to hear from it who is not there any more. */
    void announce(NodeId informed, boolean answer, Effects effects) {
        boolean isToAll = upkeep == LinkPolicy.Upkeep.HEAL && hasEverybody();
        if (upkeep != LinkPolicy.Upkeep.HEAL || (isToAll && acquaintances().haveHeardOfEverybody)) {
            return;
        }
        acquaintances().haveHeardOfEverybody = isToAll;
        Message link = link(isToAll, answer);
        for (NodeId neighbour : neighbours) {
            if (!neighbour.equals(informed)) {
                effects.send(neighbour, link);
            }
        }
    }

    // --- Who is one --------------------------------------------------------------------------------------------------

    boolean add(NodeId node, LinkReason reason, Effects effects) {
        if (node.equals(self) || neighbours.contains(node)) {
            return false;
        }
        List<NodeId> more = new ArrayList<>(neighbours);
        more.add(node);
        more.sort(null);
        neighbours = more;
        extras += home.contains(node) ? 0 : 1;
        assert extras <= neighbours.size() : extras + " of " + neighbours.size() + " neighbours were none at the start";
        effects.tell(new LinkProtocol.LinkUp(node, reason));
        return true;
    }

    /** Links to a node; false if there was nothing to do. */
    boolean linkTo(NodeId node, LinkReason reason, Effects effects) {
        if (!add(node, reason, effects)) {
            return false;
        }
        effects.send(node, link(node, true));
        announce(node, false, effects);
        return true;
    }

    void remove(NodeId neighbour, LinkLoss reason, Effects effects) {
        List<NodeId> fewer = new ArrayList<>(neighbours);
        fewer.remove(neighbour);
        neighbours = fewer;
        extras -= home.contains(neighbour) ? 0 : 1;
        assert extras >= 0 : "more neighbours are lost than there were";
        acquaintances().drop(neighbour);
        effects.tell(new LinkProtocol.LinkDown(neighbour, reason));
    }

    /**
     * Now and then says of the links that this node does not need that it does not count them. Who needs one asks for it again; who does not drops it,
     * and then answers pings by saying so. Else a link that a stranger asked for in the names of both would stay for ever.
     */
    void doubt(Effects effects) {
        if (extras == 0 || context.random().nextInt(ROUNDS_PER_DOUBT) != 0) {
            return;
        }
        for (NodeId neighbour : neighbours) {
            if (!home.contains(neighbour) && !acquaintances().isMend(neighbour)) {
                List<NodeId> others = new ArrayList<>(neighbours);
                others.remove(neighbour);
                effects.send(neighbour, new LinkProtocol.Link(others, false));
            }
        }
    }

    /** Drops the links that stood in for a node that is back. */
    void back(NodeId node, Effects effects) {
        List<NodeId> unneeded = acquaintances().back(node, home.contains(node), self);
        for (NodeId neighbour : unneeded) {
            remove(neighbour, LinkLoss.UNNEEDED, effects);
        }
        unneeded.forEach(neighbour -> effects.send(neighbour, link(neighbour, false)));
        if (!unneeded.isEmpty()) {
            announce(node, false, effects);
        }
    }

    /** A neighbour does not take the link that this node needs: it has too many, so one that is there must do. */
    void giveUp(NodeId neighbour, Effects effects) {
        Set<NodeId> causes = acquaintances().stopMending(neighbour);
        remove(neighbour, LinkLoss.UNNEEDED, effects);
        if (!causes.isEmpty()) {
            mend(neighbour, causes, false, effects);
        }
        announce(neighbour, false, effects);
    }

    void lose(NodeId gone, LinkLoss reason, Effects effects) {
        boolean isRemoved = reason == LinkLoss.REMOVED;
        if (!neighbours.contains(gone)) {
            if (isRemoved && acquaintances != null) {
                acquaintances.forget(gone, self);
            }
            return;
        }
        KnownLinks known = acquaintances();
        boolean isDrawn = known.drawn.contains(gone);
        boolean isPatch = known.unansweredPatches.contains(gone);
        LinkProtocol.Link last = known.theirs.get(gone);
        remove(gone, reason, effects);
        Set<NodeId> causes = known.lose(gone);
        if (isRemoved) {
            known.forget(gone, self);
            causes = causes.contains(gone) ? Set.of(self) : causes;
        } else if (isDrawn) {
            known.lostDrawn.add(gone);
        }
        if (upkeep == LinkPolicy.Upkeep.HEAL) {
            closeGap(gone, last, isPatch, causes, effects);
        }
    }

    // --- Links that close gaps ---------------------------------------------------------------------------------------

    private void closeGap(
            NodeId gone, LinkProtocol.@Nullable Link last, boolean isPatch, Set<NodeId> causes, Effects effects) {
        boolean isLinked = false;
        if (last == null) {
            isLinked = patch(isPatch ? 1 : PATCHES, causes, effects);
        } else if (!hasEverybody()) {
            isLinked = mend(nextAmong(last.everybody() ? view.members() : last.neighbours(), gone), causes, effects);
            if (neighbours.isEmpty()) {
                isLinked = patch(1, causes, effects);
            }
        }
        if (!isLinked) {
            announce(gone, false, effects);
        }
    }

    /** Closes a gap by a link, which may be there already; false if it is. */
    private boolean mend(NodeId node, Set<NodeId> causes, Effects effects) {
        boolean isThere = node.equals(self) || neighbours.contains(node) || home.contains(node);
        return mend(node, causes, isThere || hasRoom(), effects);
    }

    private boolean mend(NodeId node, Set<NodeId> causes, boolean isPossible, Effects effects) {
        NodeId stand = node;
        if (!isPossible) {
            // One of the links there are must do, and stay; those of the start do anyway.
            stand = self;
            for (NodeId neighbour : neighbours) {
                stand = home.contains(neighbour) ? stand : neighbour;
            }
        }
        if (!stand.equals(self) && !home.contains(stand)) {
            acquaintances().mend(stand, causes);
        }
        return linkTo(stand, LinkReason.HEAL, effects);
    }

    /** Who follows this node in the ring of those that the lost one linked; itself if it is the only one. */
    private NodeId nextAmong(List<NodeId> itsNeighbours, NodeId gone) {
        TreeSet<NodeId> others = new TreeSet<>(itsNeighbours);
        others.removeAll(acquaintances().lost);
        others.remove(gone);
        List<NodeId> ring = new ArrayList<>(others.tailSet(self, false));
        ring.addAll(others.headSet(self));
        for (NodeId next : ring) {
            if (view.members().contains(next)) {
                return next;
            }
        }
        return self;
    }

    /** Links to so many random members, as far as there are any that could be alive; false if there is none. */
    boolean patch(int links, Set<NodeId> causes, Effects effects) {
        boolean isLinked = false;
        for (int i = 0; i < links; i++) {
            NodeId stranger = stranger();
            if (stranger != null) {
                acquaintances().unansweredPatches.add(stranger);
                isLinked |= mend(stranger, causes, effects);
            }
        }
        return isLinked;
    }

    /** A random member that is neither a neighbour nor lost. */
    private @Nullable NodeId stranger() {
        List<NodeId> all = view.members();
        int at = 0;
        for (int i = 0; i < DRAWS; i++) {
            at = context.random().nextInt(all.size());
            if (isStranger(all.get(at))) {
                return all.get(at);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            NodeId member = all.get((at + i) % all.size());
            if (isStranger(member)) {
                return member;
            }
        }
        return null;
    }

    private boolean isStranger(NodeId member) {
        return !member.equals(self)
                && !neighbours.contains(member)
                && !acquaintances().lost.contains(member);
    }
}
