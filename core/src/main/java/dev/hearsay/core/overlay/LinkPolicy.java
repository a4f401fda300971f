package dev.hearsay.core.overlay;

import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Family;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.LinkProtocol.LinkLoss;
import dev.hearsay.core.LinkProtocol.LinkReason;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Role;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import java.util.List;
import java.util.Set;

/**
 * Who may be a neighbour of a node: whom it takes when it is asked, whom it asks again, and whom it lets go. The {@link Neighbourhood} closes the gaps
 * that lost nodes leave.
 *
 * <p>Each node knows which links it <em>needs</em>: those of its start, and those that stand in for somebody who is still lost. Whoever learns that a
 * neighbour no longer counts it as one drops the link as well, unless it needs it; then it says so, and the other takes it back.
 *
 * <p>Links are bounded. Beside those of its start a node has at most as many others and {@value Neighbourhood#EXTRA}: over that it declines who asks, and closes
 * no more gaps. Only where it is linked to everybody it takes whoever joins. Where links are drawn, {@link PowerLawDraw.Settings} says how many there are.
 */
public final class LinkPolicy extends Neighbourhood implements Part {

    public static final Role ROLE = Role.of("links")
            .takes(Family.LINKS)
            .follows(Family.HEARTBEATS)
            .hears(Family.HEARTBEATS, Family.MEMBERS, Family.LINKS);

    /** What is done about lost neighbours. */
    public enum Upkeep {
        /** Nobody notices them: the links stay as they are, and nothing is said about them. */
        NONE,
        /** Those whom a lost node linked close the gap among each other. */
        HEAL,
        /** Others are drawn instead, by {@link PowerLawDraw}. */
        DRAW
    }

    /** How often a node asks again for a link that it needs, before it gives the other up. */
    private static final int ASKS_MAX = 3;

    /** By how many another's list of members may be ahead of one's own. */
    private static final int MEMBERS_AHEAD_MAX = 16;

    private final PowerLawDraw.Settings draw;

    /**
     * The links of a node at its start.
     *
     * @param upkeep what is done about lost neighbours
     * @param draw how many are drawn, where they are
     */
    public LinkPolicy(
            NodeId self,
            List<NodeId> neighbours,
            Context context,
            View view,
            Upkeep upkeep,
            PowerLawDraw.Settings draw) {
        super(self, neighbours, context, view, upkeep);
        this.draw = draw;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void start(long nowNanos, Effects effects) {
        announce(self, true, effects);
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        switch ((LinkProtocol.Messages) message) {
            case LinkProtocol.Link link -> {
                if (isRefused(from, link, effects)) {
                    return;
                }
                // Peers of before ask without a list.
                boolean counts = link.counts(self) || (upkeep != Upkeep.HEAL && link.answer());
                if (counts && (link.answer() || contains(from) || needs(from))) {
                    linked(from, link, effects);
                } else {
                    unlinked(from, link, counts, effects);
                }
            }
            case LinkProtocol.Leave() -> lose(from, LinkLoss.LEFT, effects);
        }
    }

    @Override
    public void ask(long nowNanos, Command command, Effects effects) {
        switch ((Command.OfLinks) command) {
            case Command.Depart() -> {
                neighbours().forEach(neighbour -> effects.send(neighbour, new LinkProtocol.Leave()));
                effects.tell(new Lifecycle.Departed());
            }
        }
    }

    @Override
    public void hear(long nowNanos, Event event, Effects effects) {
        if (event instanceof HeartbeatProtocol.Silent silent) {
            lose(silent.neighbour(), LinkLoss.SILENT, effects);
        } else if (event instanceof HeartbeatProtocol.Reappeared back) {
            reappeared(back.neighbour(), effects);
        } else if (event instanceof MembershipProtocol.MemberRemoved removed) {
            lose(removed.member(), LinkLoss.REMOVED, effects);
        } else if (event instanceof MembershipProtocol.MemberDismissed dismissed) {
            lose(dismissed.member(), LinkLoss.REMOVED, effects);
        } else if (event instanceof LinkProtocol.NeighboursDrawn drawn) {
            drawn.neighbours().forEach(node -> drawn(node, effects));
        }
    }

    @Override
    public void follow(long nowNanos, NodeId from, Message message, Effects effects) {
        if (message instanceof HeartbeatProtocol.Ping) {
            pinged(from, effects);
        }
    }

    /** A round of heartbeats is over. */
    @Override
    public void follow(long nowNanos, Timer timer, Effects effects) {
        if (upkeep == Upkeep.HEAL) {
            doubt(effects);
        } else if (upkeep == Upkeep.DRAW && view.isRegistered()) {
            letGoOfOne(effects);
        }
    }

    private boolean isRefused(NodeId from, LinkProtocol.Link link, Effects effects) {
        List<NodeId> members = view.members();
        if (from.equals(self) || (!contains(from) && !members.contains(from))) {
            effects.tell(new Lifecycle.Refused("a link to " + from + ", which is no member"));
            return true;
        }
        if (link.neighbours().size() > members.size() + MEMBERS_AHEAD_MAX) {
            effects.tell(new Lifecycle.Refused("a link to " + from + ", which names "
                    + link.neighbours().size() + " neighbours where there are " + members.size() + " members"));
            return true;
        }
        return false;
    }

    /** A node counts this one as its neighbour. */
    private void linked(NodeId from, LinkProtocol.Link link, Effects effects) {
        if (!contains(from) && !needs(from) && !hasRoom()) {
            effects.send(from, link(from, false));
            return;
        }
        countedBy(from, link);
        boolean isNew = add(from, LinkReason.ASKED, effects);
        if (link.answer()) {
            effects.send(from, link(from, false));
        }
        if (isNew) {
            announce(from, false, effects);
        }
        back(from, effects);
    }

    /** A node that is alive does not count this one as its neighbour, or neither of the two needs the link. */
    private void unlinked(NodeId from, LinkProtocol.Link link, boolean counts, Effects effects) {
        if (needs(from)) {
            if (!linkTo(from, LinkReason.RETURNED, effects)) {
                askAgain(from, effects);
            }
        } else if (contains(from)) {
            remove(from, LinkLoss.UNNEEDED, effects);
            announce(from, false, effects);
        } else if (link.answer() || counts) {
            effects.send(from, link(from, false));
        }
        back(from, effects);
    }

    private void askAgain(NodeId neighbour, Effects effects) {
        if (acquaintances().asks.merge(neighbour, 1, (before, more) -> before + more) <= ASKS_MAX) {
            own(neighbour, false, effects);
            effects.send(neighbour, link(neighbour, true));
        } else if (upkeep == Upkeep.HEAL && neighbours().size() > 1) {
            giveUp(neighbour, effects);
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
        } else if (isHome(node)) {
            linkTo(node, LinkReason.RETURNED, effects);
        } else if (neighbours().isEmpty()) {
            patch(1, Set.of(node), effects);
        } else if (!contains(node)) {
            effects.send(node, link(node, false));
        }
        back(node, effects);
    }

    /** A node has pinged this one, as one who takes it for its neighbour: it is told if it does so in vain. */
    private void pinged(NodeId from, Effects effects) {
        if (upkeep == Upkeep.NONE) {
            return;
        }
        if (contains(from)) {
            pingedBy(from);
        } else if (view.members().contains(from)) {
            effects.send(from, link(from, false));
        }
    }

    private boolean needs(NodeId neighbour) {
        return upkeep == Upkeep.DRAW
                ? contains(neighbour)
                        && (neighbours().size() <= draw.wanted(view.members().size()) || isOnlyOneBefore(neighbour))
                : isHome(neighbour) || acquaintances().isMend(neighbour);
    }

    // --- Links that are drawn ----------------------------------------------------------------------------------------

    /** Neighbours were drawn before those that were drawn in the same step were linked: only what is missing still is taken. */
    private void drawn(NodeId node, Effects effects) {
        boolean isMissing = neighbours().size() < draw.wanted(view.members().size());
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
    private void letGoOfOne(Effects effects) {
        List<NodeId> drawn = acquaintances().drawn;
        int members = view.members().size();
        if (drawn.size() <= draw.wanted(members) && neighbours().size() <= draw.enough(members)) {
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
        return !neighbours().isEmpty() && isBefore(neighbours().getFirst());
    }

    private boolean isOnlyOneBefore(NodeId neighbour) {
        return isBefore(neighbour)
                && neighbour.equals(neighbours().getFirst())
                && (neighbours().size() == 1 || !isBefore(neighbours().get(1)));
    }
}
