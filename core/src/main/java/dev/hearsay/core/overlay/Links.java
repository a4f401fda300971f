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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    private static final int DRAWS = 8;

    private final NodeId self;
    private final Context context;
    private final View view;
    private final Upkeep upkeep;

    /** The neighbours at the start. */
    private final List<NodeId> home;

    /** Made when there is something to put into it, which without heartbeats is never. */
    private @Nullable Acquaintances acquaintances;

    private List<NodeId> neighbours;

    /**
     * The links of a node at its start.
     *
     * @param upkeep what is done about lost neighbours
     */
    public Links(NodeId self, List<NodeId> neighbours, Context context, View view, Upkeep upkeep) {
        this.self = self;
        this.neighbours = neighbours;
        this.home = neighbours;
        this.context = context;
        this.view = view;
        this.upkeep = upkeep;
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
                    Message link = new Message.Link(neighbours, true);
                    neighbours.forEach(neighbour -> effects.send(neighbour, link));
                }
            }
            case Input.Received(NodeId from, Message.Link link) -> {
                boolean isWanted = link.answer() || neighbours.contains(from) || needs(from);
                if (upkeep != Upkeep.HEAL || (isWanted && link.neighbours().contains(self))) {
                    linked(from, link, effects);
                } else {
                    unlinked(from, link, effects);
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
            case Signal.NeighboursDrawn drawn -> {
                for (NodeId node : drawn.neighbours()) {
                    linkTo(node, LinkReason.DRAWN, effects);
                    back(node, effects);
                }
            }
            case Signal.Reappeared back -> reappeared(back.neighbour(), effects);
            default -> throw new IllegalArgumentException("links do not hear " + signal);
        }
    }

    /** A node counts this one as its neighbour. */
    private void linked(NodeId from, Message.Link link, Effects effects) {
        acquaintances().theirs.put(from, link.neighbours());
        acquaintances().unansweredPatches.remove(from);
        boolean isNew = add(from, LinkReason.ASKED, effects);
        if (link.answer()) {
            effects.send(from, link(false));
        }
        if (isNew) {
            announceToAllBut(from, effects);
        }
        back(from, effects);
    }

    /** A node that is alive does not count this one as its neighbour, or neither of the two needs the link. */
    private void unlinked(NodeId from, Message.Link link, Effects effects) {
        if (needs(from)) {
            if (!linkTo(from, LinkReason.RETURNED, effects)) {
                effects.send(from, link(true));
            }
        } else if (neighbours.contains(from)) {
            remove(from, LinkLoss.UNNEEDED, effects);
            acquaintances().theirs.remove(from);
            announceToAllBut(from, effects);
        } else if (link.answer() || link.neighbours().contains(self)) {
            effects.send(from, link(false));
        }
        back(from, effects);
    }

    /** A node that was lost, or is none of the neighbours, has shown that it is alive and may count this one as its neighbour. */
    private void reappeared(NodeId node, Effects effects) {
        if (upkeep != Upkeep.HEAL || home.contains(node)) {
            linkTo(node, LinkReason.RETURNED, effects);
        } else if (!neighbours.contains(node)) {
            effects.send(node, link(false));
        }
        back(node, effects);
    }

    private boolean needs(NodeId neighbour) {
        return home.contains(neighbour) || acquaintances().isMend(neighbour);
    }

    /** Drops the links that stood in for a node that is back. */
    private void back(NodeId node, Effects effects) {
        List<NodeId> unneeded = acquaintances().back(node);
        for (NodeId neighbour : unneeded) {
            remove(neighbour, LinkLoss.UNNEEDED, effects);
            acquaintances().theirs.remove(neighbour);
            acquaintances().unansweredPatches.remove(neighbour);
        }
        unneeded.forEach(neighbour -> effects.send(neighbour, link(false)));
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
        effects.tell(new Signal.LinkUp(node, reason));
        return true;
    }

    /** Links to a node; false if there was nothing to do. */
    private boolean linkTo(NodeId node, LinkReason reason, Effects effects) {
        if (!add(node, reason, effects)) {
            return false;
        }
        effects.send(node, link(true));
        announceToAllBut(node, effects);
        return true;
    }

    private void lose(NodeId gone, LinkLoss reason, Effects effects) {
        List<NodeId> itsNeighbours = acquaintances().theirs.remove(gone);
        if (!neighbours.contains(gone)) {
            return;
        }
        remove(gone, reason, effects);
        Set<NodeId> causes = acquaintances().lose(gone);
        if (upkeep == Upkeep.HEAL) {
            closeGap(gone, itsNeighbours, causes, effects);
        }
    }

    private void remove(NodeId neighbour, LinkLoss reason, Effects effects) {
        List<NodeId> fewer = new ArrayList<>(neighbours);
        fewer.remove(neighbour);
        neighbours = fewer;
        effects.tell(new Signal.LinkDown(neighbour, reason));
    }

    private void closeGap(NodeId gone, @Nullable List<NodeId> itsNeighbours, Set<NodeId> causes, Effects effects) {
        boolean isLinked = false;
        if (itsNeighbours == null) {
            isLinked = patch(acquaintances().unansweredPatches.remove(gone) ? 1 : PATCHES, causes, effects);
        } else {
            isLinked = mend(nextAmong(itsNeighbours, gone), causes, effects);
            if (neighbours.isEmpty()) {
                isLinked = patch(1, causes, effects);
            }
        }
        if (!isLinked) {
            announceToAllBut(gone, effects);
        }
    }

    /** Closes a gap by a link, which may be there already; false if it is. */
    private boolean mend(NodeId node, Set<NodeId> causes, Effects effects) {
        if (!node.equals(self) && !home.contains(node)) {
            acquaintances().mend(node, causes);
        }
        return linkTo(node, LinkReason.HEAL, effects);
    }

    /** Who follows this node in the ring of those that the lost one linked; itself if it is the only one. */
    private NodeId nextAmong(List<NodeId> itsNeighbours, NodeId gone) {
        TreeSet<NodeId> ring = new TreeSet<>(itsNeighbours);
        ring.remove(gone);
        ring.removeAll(acquaintances().lost);
        ring.add(self);
        NodeId next = ring.higher(self);
        return next == null ? ring.first() : next;
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

    /** Where others are drawn for lost neighbours, nobody needs to know them here. */
    private Message link(boolean answer) {
        return new Message.Link(upkeep == Upkeep.DRAW ? List.of() : neighbours, answer);
    }

    private void announceToAllBut(NodeId informed, Effects effects) {
        if (upkeep == Upkeep.HEAL) {
            Message link = new Message.Link(neighbours, false);
            for (NodeId neighbour : neighbours) {
                if (!neighbour.equals(informed)) {
                    effects.send(neighbour, link);
                }
            }
        }
    }
}
