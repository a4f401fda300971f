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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The links of one node, and what keeps the overlay connected while nodes come and go.
 *
 * <p>Neighbours tell each other their neighbours. When one of them is gone, those it linked know each other, and each links to
 * the next of them in the order of their names: the ring that replaces the lost node joins every piece it held together
 * (the idea of Pandurangan and Trehan, <i>Xheal: localized self-healing using expanders</i>, PODC 2011, with a ring for the
 * expander). When several neighbours go at once the ring may have gaps; a node that finds nobody there links to a random
 * member, and anti-entropy asks strangers too.
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

    private final NodeId self;
    private final Context context;
    private final View view;
    private final Upkeep upkeep;

    /** The neighbours of the neighbours; made when the first of them is told, which without heartbeats is never. */
    private @Nullable Map<NodeId, List<NodeId>> theirs;

    private List<NodeId> neighbours;

    /**
     * The links of a node at its start.
     *
     * @param upkeep what is done about lost neighbours
     */
    public Links(NodeId self, List<NodeId> neighbours, Context context, View view, Upkeep upkeep) {
        this.self = self;
        this.neighbours = neighbours;
        this.context = context;
        this.view = view;
        this.upkeep = upkeep;
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
                if (theirs == null) {
                    theirs = new LinkedHashMap<>();
                }
                theirs.put(from, link.neighbours());
                boolean isNew = add(from, LinkReason.ASKED, effects);
                if (link.answer()) {
                    effects.send(from, link(false));
                }
                if (isNew) {
                    announceToAllBut(from, effects);
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
            case Signal.NeighboursDrawn drawn ->
                drawn.neighbours().forEach(node -> linkTo(node, LinkReason.DRAWN, effects));
            case Signal.Reappeared back -> linkTo(back.neighbour(), LinkReason.RETURNED, effects);
            default -> throw new IllegalArgumentException("links do not hear " + signal);
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

    private void linkTo(NodeId node, LinkReason reason, Effects effects) {
        if (add(node, reason, effects)) {
            effects.send(node, link(true));
            announceToAllBut(node, effects);
        }
    }

    private void lose(NodeId gone, LinkLoss reason, Effects effects) {
        List<NodeId> itsNeighbours = theirs == null ? null : theirs.remove(gone);
        if (!neighbours.contains(gone)) {
            return;
        }
        List<NodeId> fewer = new ArrayList<>(neighbours);
        fewer.remove(gone);
        neighbours = fewer;
        effects.tell(new Signal.LinkDown(gone, reason));
        if (upkeep == Upkeep.HEAL) {
            closeGap(gone, itsNeighbours, effects);
        }
    }

    private void closeGap(NodeId gone, @Nullable List<NodeId> itsNeighbours, Effects effects) {
        NodeId next = itsNeighbours == null ? anyone(gone) : nextAmong(itsNeighbours, gone);
        if (next.equals(self) && neighbours.isEmpty()) {
            next = anyone(gone);
        }
        if (next.equals(self) || neighbours.contains(next)) {
            announceToAllBut(gone, effects);
        } else {
            linkTo(next, LinkReason.HEAL, effects);
        }
    }

    /** Who follows this node in the ring of those that the lost one linked; itself if it is the only one. */
    private NodeId nextAmong(List<NodeId> itsNeighbours, NodeId gone) {
        TreeSet<NodeId> ring = new TreeSet<>(itsNeighbours);
        ring.remove(gone);
        ring.add(self);
        NodeId next = ring.higher(self);
        return next == null ? ring.first() : next;
    }

    /** A random member; this node itself if the draw falls on it or on the lost one. */
    private NodeId anyone(NodeId gone) {
        List<NodeId> all = view.members();
        NodeId drawn = all.get(context.random().nextInt(all.size()));
        return drawn.equals(gone) ? self : drawn;
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
