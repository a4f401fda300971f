package dev.hearsay.core.overlay;

import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Signal.LinkLoss;
import dev.hearsay.core.Signal.LinkReason;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of one node, and what keeps the overlay connected while nodes come and go.
 *
 * <p>Neighbours tell each other their neighbours. When one of them is gone, those it linked know each other, and each links to
 * the next of them in the order of their names: the ring that replaces the lost node joins every piece it held together
 * (the idea of Pandurangan and Trehan, <i>Xheal: localized self-healing using expanders</i>, PODC 2011, with a ring for the
 * expander). When several neighbours go at once the ring has gaps. Whoever finds such a gap, because the next one in the ring
 * never answers, links to {@value #PATCHES} random members: two pieces of the overlay then stay apart only if all of these
 * lie in the piece of their finders, and anti-entropy asks strangers too.
 *
 * <p>A link that closed a gap is dropped when the lost node is back, or the overlay would grow denser with every failure. So
 * each node knows which links it <em>needs</em>: those of its start, and those that stand in for somebody who is still lost.
 * Whoever learns that a neighbour no longer counts it as one drops the link as well, unless it needs it; then it says so, and
 * the other takes it back.
 *
 * <p>Links are bounded. Beside those of its start a node has at most as many others and {@value #EXTRA}: over that it declines who asks, and closes no
 * more gaps. Only where it is linked to everybody it takes whoever joins. Where links are drawn, {@link PowerLawDraw.Settings} says how many there are.
 */
public final class Links implements Part {

    /** What is done about lost neighbours. */
    public enum Upkeep {
        /** Nobody notices them: the links stay as they are, and nothing is said about them. */
        NONE,
        /** Those whom a lost node linked close the gap among each other. */
        HEAL,
        /** Others are drawn instead, by {@link PowerLawDraw}. */
        DRAW
    }

    /** Two large pieces have several finders of gaps each; with this many links of each, all miss the other side rarely. */
    static final int PATCHES = 3;

    /** Links that a node has at most beside those of its start, and as many as those. */
    static final int EXTRA = 8;

    /** How often a node asks again for a link that it needs, before it gives the other up. */
    private static final int ASKS_MAX = 3;

    /** By how many another's list of members may be ahead of one's own. */
    private static final int MEMBERS_AHEAD_MAX = 16;

    private static final int DRAWS = 8;

    /** In place of the list of a neighbour that is linked to everybody. */
    private static final List<NodeId> EVERYBODY = new ArrayList<>(0);

    private final NodeId self;
    private final Context context;
    private final View view;
    private final Upkeep upkeep;
    private final PowerLawDraw.Settings draw;

    /** The neighbours at the start. */
    private final List<NodeId> home;

    /** Made when there is something to put into it, which without heartbeats is never. */
    private @Nullable Acquaintances acquaintances;

    private List<NodeId> neighbours;

    /** How many of the neighbours were none at the start. */
    private int extras;

    /** Whether the neighbours were told that this node is linked to everybody. */
    private boolean hasSaidEverybody;

    /**
     * The links of a node at its start.
     *
     * @param upkeep what is done about lost neighbours
     * @param draw how many are drawn, where they are
     */
    public Links(
            NodeId self,
            List<NodeId> neighbours,
            Context context,
            View view,
            Upkeep upkeep,
            PowerLawDraw.Settings draw) {
        this.self = self;
        this.neighbours = neighbours;
        this.home = neighbours;
        this.context = context;
        this.view = view;
        this.upkeep = upkeep;
        this.draw = draw;
    }

    private Acquaintances acquaintances() {
        if (acquaintances == null) {
            acquaintances = new Acquaintances();
        }
        return acquaintances;
    }

    public List<NodeId> neighbours() {
        return neighbours;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Started() -> {
                if (upkeep == Upkeep.HEAL) {
                    hasSaidEverybody = hasEverybody();
                    Message link = new Message.Link(hasSaidEverybody ? List.of() : neighbours, true, hasSaidEverybody);
                    neighbours.forEach(neighbour -> effects.send(neighbour, link));
                }
            }
            case Input.Received(NodeId from, Message.Link link) -> {
                if (isRefused(from, link, effects)) {
                    return;
                }
                // Peers of before ask without a list.
                boolean counts = link.counts(self) || (upkeep != Upkeep.HEAL && link.answer());
                if (counts && (link.answer() || neighbours.contains(from) || needs(from))) {
                    linked(from, link, effects);
                } else {
                    unlinked(from, link, counts, effects);
                }
            }
            case Input.Received(NodeId from, Message.Leave leave) -> lose(from, LinkLoss.LEFT, effects);
            case Input.Asked(Command.Depart depart) -> {
                neighbours.forEach(neighbour -> effects.send(neighbour, new Message.Leave()));
                effects.tell(new Signal.Departed());
            }
            default -> throw new IllegalArgumentException("links do not take " + input);
        }
    }

    @Override
    public void hear(long nowNanos, Signal signal, Effects effects) {
        switch (signal) {
            case Signal.Silent silent -> lose(silent.neighbour(), LinkLoss.SILENT, effects);
            case Signal.MemberRemoved removed -> lose(removed.member(), LinkLoss.REMOVED, effects);
            case Signal.MemberDismissed dismissed -> lose(dismissed.member(), LinkLoss.REMOVED, effects);
            case Signal.NeighboursDrawn drawn -> drawn.neighbours().forEach(node -> drawn(node, effects));
            case Signal.Reappeared back -> reappeared(back.neighbour(), effects);
            default -> throw new IllegalArgumentException("links do not hear " + signal);
        }
    }

    private boolean isRefused(NodeId from, Message.Link link, Effects effects) {
        List<NodeId> members = view.members();
        if (from.equals(self) || (!neighbours.contains(from) && !members.contains(from))) {
            effects.tell(new Signal.Refused("a link to " + from + ", which is no member"));
            return true;
        }
        if (link.neighbours().size() > members.size() + MEMBERS_AHEAD_MAX) {
            effects.tell(new Signal.Refused("a link to " + from + ", which names "
                    + link.neighbours().size() + " neighbours where there are " + members.size() + " members"));
            return true;
        }
        return false;
    }

    /** A node counts this one as its neighbour. */
    private void linked(NodeId from, Message.Link link, Effects effects) {
        if (!neighbours.contains(from) && !needs(from) && !hasRoom()) {
            effects.send(from, link(from, false));
            return;
        }
        if (upkeep == Upkeep.HEAL) {
            acquaintances().theirs.put(from, link.everybody() ? EVERYBODY : link.neighbours());
        }
        acquaintances().unansweredPatches.remove(from);
        acquaintances().asks.remove(from);
        boolean isNew = add(from, LinkReason.ASKED, effects);
        if (link.answer()) {
            effects.send(from, link(from, false));
        }
        if (isNew) {
            announceToAllBut(from, effects);
        }
        back(from, effects);
    }

    /** A node that is alive does not count this one as its neighbour, or neither of the two needs the link. */
    private void unlinked(NodeId from, Message.Link link, boolean counts, Effects effects) {
        if (needs(from)) {
            if (!linkTo(from, LinkReason.RETURNED, effects)) {
                askAgain(from, effects);
            }
        } else if (neighbours.contains(from)) {
            remove(from, LinkLoss.UNNEEDED, effects);
            announceToAllBut(from, effects);
        } else if (link.answer() || counts) {
            effects.send(from, link(from, false));
        }
        back(from, effects);
    }

    private void askAgain(NodeId neighbour, Effects effects) {
        if (acquaintances().asks.merge(neighbour, 1, (before, more) -> before + more) <= ASKS_MAX) {
            own(neighbour, false, effects);
            effects.send(neighbour, link(neighbour, true));
        } else if (upkeep == Upkeep.HEAL && neighbours.size() > 1) {
            // It has too many links, so one that is there must do.
            Set<NodeId> causes = acquaintances().stopMending(neighbour);
            remove(neighbour, LinkLoss.UNNEEDED, effects);
            if (!causes.isEmpty()) {
                mend(neighbour, causes, false, effects);
            }
            announceToAllBut(neighbour, effects);
        } else {
            acquaintances().unansweredPatches.add(neighbour);
            lose(neighbour, LinkLoss.SILENT, effects);
        }
    }

    /** A node that was lost has shown that it is alive. */
    private void reappeared(NodeId node, Effects effects) {
        if (upkeep == Upkeep.DRAW) {
            if (acquaintances().lostDrawn.contains(node)) {
                own(node, true, effects);
                linkTo(node, LinkReason.RETURNED, effects);
            }
        } else if (home.contains(node)) {
            linkTo(node, LinkReason.RETURNED, effects);
        } else if (neighbours.isEmpty()) {
            patch(1, Set.of(node), effects);
        } else if (!neighbours.contains(node)) {
            effects.send(node, link(node, false));
        }
        back(node, effects);
    }

    /** A node has pinged this one, and is told if it does so in vain, as one who takes it for its neighbour. */
    public void pinged(NodeId from, Effects effects) {
        if (upkeep != Upkeep.NONE
                && !neighbours.contains(from)
                && view.members().contains(from)) {
            effects.send(from, link(from, false));
        }
    }

    private boolean needs(NodeId neighbour) {
        return upkeep == Upkeep.DRAW
                ? neighbours.contains(neighbour)
                        && (neighbours.size() <= draw.wanted(view.members().size()) || isOnlyOneBefore(neighbour))
                : home.contains(neighbour) || acquaintances().isMend(neighbour);
    }

    // --- Links that are drawn ----------------------------------------------------------------------------------------

    /** Neighbours were drawn before those that were drawn in the same step were linked: only what is missing still is taken. */
    private void drawn(NodeId node, Effects effects) {
        boolean isMissing = neighbours.size() < draw.wanted(view.members().size());
        if (isMissing || (isBefore(node) && !hasOneBefore())) {
            own(node, false, effects);
            linkTo(node, LinkReason.DRAWN, effects);
            back(node, effects);
        }
    }

    /** This node answers for a link, in place of the one that it answers for since the shortest time, if those are as many as it draws. */
    private void own(NodeId node, boolean isOldest, Effects effects) {
        if (upkeep != Upkeep.DRAW || acquaintances().drawn.contains(node)) {
            return;
        }
        List<NodeId> drawn = acquaintances().drawn;
        while (!drawn.isEmpty() && drawn.size() >= draw.wanted(view.members().size())) {
            letGo(drawn.getLast(), effects);
        }
        drawn.add(isOldest ? 0 : drawn.size(), node);
    }

    private void letGo(NodeId neighbour, Effects effects) {
        remove(neighbour, LinkLoss.UNNEEDED, effects);
        effects.send(neighbour, link(neighbour, false));
    }

    /** Lets go of one of the links that this node has drawn, if it has more than enough: the latest that it can do without. */
    public void letGoOfOne(Effects effects) {
        List<NodeId> drawn = acquaintances().drawn;
        int members = view.members().size();
        if (drawn.size() <= draw.wanted(members) && neighbours.size() <= draw.enough(members)) {
            return;
        }
        for (int i = drawn.size() - 1; i >= 0; i--) {
            NodeId latest = drawn.get(i);
            if (!isOnlyOneBefore(latest)) {
                letGo(latest, effects);
                return;
            }
        }
    }

    private boolean isBefore(NodeId node) {
        return node.compareTo(self) < 0;
    }

    private boolean hasOneBefore() {
        return !neighbours.isEmpty() && isBefore(neighbours.getFirst());
    }

    private boolean isOnlyOneBefore(NodeId neighbour) {
        return isBefore(neighbour)
                && neighbour.equals(neighbours.getFirst())
                && (neighbours.size() == 1 || !isBefore(neighbours.get(1)));
    }

    // --- Links that close gaps ---------------------------------------------------------------------------------------

    /** Drops the links that stood in for a node that is back. */
    private void back(NodeId node, Effects effects) {
        List<NodeId> unneeded = acquaintances().back(node);
        for (NodeId neighbour : unneeded) {
            remove(neighbour, LinkLoss.UNNEEDED, effects);
        }
        unneeded.forEach(neighbour -> effects.send(neighbour, link(neighbour, false)));
        if (!unneeded.isEmpty()) {
            announceToAllBut(node, effects);
        }
    }

    private boolean add(NodeId node, LinkReason reason, Effects effects) {
        if (node.equals(self) || neighbours.contains(node)) {
            return false;
        }
        List<NodeId> more = new ArrayList<>(neighbours);
        more.add(node);
        more.sort(null);
        neighbours = more;
        extras += home.contains(node) ? 0 : 1;
        effects.tell(new Signal.LinkUp(node, reason));
        return true;
    }

    /** Links to a node; false if there was nothing to do. */
    private boolean linkTo(NodeId node, LinkReason reason, Effects effects) {
        if (!add(node, reason, effects)) {
            return false;
        }
        effects.send(node, link(node, true));
        announceToAllBut(node, effects);
        return true;
    }

    private void lose(NodeId gone, LinkLoss reason, Effects effects) {
        boolean isRemoved = reason == LinkLoss.REMOVED;
        if (!neighbours.contains(gone)) {
            if (isRemoved && acquaintances != null) {
                acquaintances.forget(gone, self);
            }
            return;
        }
        Acquaintances known = acquaintances();
        boolean isDrawn = known.drawn.contains(gone);
        boolean isPatch = known.unansweredPatches.contains(gone);
        List<NodeId> itsNeighbours = known.theirs.get(gone);
        remove(gone, reason, effects);
        Set<NodeId> causes = known.lose(gone);
        if (isRemoved) {
            known.forget(gone, self);
            causes = causes.contains(gone) ? Set.of(self) : causes;
        } else if (isDrawn) {
            known.lostDrawn.add(gone);
        }
        if (upkeep == Upkeep.HEAL) {
            closeGap(gone, itsNeighbours, isPatch, causes, effects);
        }
    }

    private void remove(NodeId neighbour, LinkLoss reason, Effects effects) {
        List<NodeId> fewer = new ArrayList<>(neighbours);
        fewer.remove(neighbour);
        neighbours = fewer;
        extras -= home.contains(neighbour) ? 0 : 1;
        acquaintances().drop(neighbour);
        effects.tell(new Signal.LinkDown(neighbour, reason));
    }

    private void closeGap(
            NodeId gone, @Nullable List<NodeId> itsNeighbours, boolean isPatch, Set<NodeId> causes, Effects effects) {
        boolean isLinked = false;
        if (itsNeighbours == null) {
            isLinked = patch(isPatch ? 1 : PATCHES, causes, effects);
        } else if (!hasEverybody()) {
            isLinked =
                    mend(nextAmong(isEverybody(itsNeighbours) ? view.members() : itsNeighbours, gone), causes, effects);
            if (neighbours.isEmpty()) {
                isLinked = patch(1, causes, effects);
            }
        }
        if (!isLinked) {
            announceToAllBut(gone, effects);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a list that stands for another
    private static boolean isEverybody(List<NodeId> itsNeighbours) {
        return itsNeighbours == EVERYBODY;
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

    /** Whether one more link than those of the start is within bounds. */
    private boolean hasRoom() {
        return upkeep == Upkeep.DRAW
                || extras < home.size() + EXTRA
                || neighbours.size() + acquaintances().lost.size() + 2
                        >= view.members().size();
    }

    /** Who follows this node in the ring of those that the lost one linked; itself if it is the only one. */
    private NodeId nextAmong(List<NodeId> itsNeighbours, NodeId gone) {
        Set<NodeId> out = new HashSet<>(acquaintances().lost);
        out.add(gone);
        out.add(self);
        while (true) {
            NodeId next = null;
            for (NodeId one : itsNeighbours) {
                if (!out.contains(one) && (next == null || isEarlierInRing(one, next))) {
                    next = one;
                }
            }
            if (next == null || view.members().contains(next)) {
                return next == null ? self : next;
            }
            out.add(next);
        }
    }

    /** Whether one comes before another on the way around the ring that begins at this node. */
    private boolean isEarlierInRing(NodeId one, NodeId other) {
        boolean isAfter = !isBefore(one);
        return isAfter == !isBefore(other) ? one.compareTo(other) < 0 : isAfter;
    }

    /** Links to so many random members, as far as there are any that could be alive; false if there is none. */
    private boolean patch(int links, Set<NodeId> causes, Effects effects) {
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

    private Message link(NodeId to, boolean answer) {
        boolean counts = neighbours.contains(to);
        return switch (upkeep) {
            case HEAL -> {
                boolean isToAll = counts && hasEverybody();
                yield new Message.Link(isToAll ? List.of() : neighbours, answer, isToAll);
            }
            case NONE, DRAW -> new Message.Link(counts ? List.of(to) : List.of(), answer);
        };
    }

    /** Who is linked to everybody says so once: nobody needs to hear from it who is not there any more. */
    private void announceToAllBut(NodeId informed, Effects effects) {
        if (upkeep == Upkeep.HEAL) {
            boolean isToAll = hasEverybody();
            if (isToAll && hasSaidEverybody) {
                return;
            }
            hasSaidEverybody = isToAll;
            Message link = new Message.Link(isToAll ? List.of() : neighbours, false, isToAll);
            for (NodeId neighbour : neighbours) {
                if (!neighbour.equals(informed)) {
                    effects.send(neighbour, link);
                }
            }
        }
    }
}
