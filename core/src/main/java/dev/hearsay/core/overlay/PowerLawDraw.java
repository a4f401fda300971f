package dev.hearsay.core.overlay;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Family;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.LinkProtocol.LinkLoss;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Role;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Picks the neighbours of a peer in a network whose members come and go: ⌊n/2⌋+1 of them, or a fixed number, without replacement, rank k of the
 * Peer List with weight 1/k<sup>α</sup> (Zipf). It draws what is missing when a member is added or a link is lost; links that others have drawn to this
 * peer count, too. One link at least leads to a member before it in the list, so that all links together lead to the first: the overlay is connected.
 */
public final class PowerLawDraw implements Part {

    public static final Role ROLE = Role.of("draw of neighbours")
            .follows(Family.HEARTBEATS)
            .hears(Family.HEARTBEATS, Family.LINKS, Family.MEMBERS, Family.REGISTRATION, Family.PEER_LISTS);

    /**
     * Whom to pick, and so how many links there are: of n peers each draws at most K (below, {@link #wanted}), so links are n·K at most, 2·K
     * on average at each peer. How many of the others draw one peer is the law's affair: the first of the list may have all n − 1.
     *
     * @param alpha exponent of the weights, at least 0
     * @param picks how many; 0 for ⌊n/2⌋+1 of n members
     */
    public record Settings(double alpha, int picks) {
        /** α = 1, half of all and one more. */
        public static final Settings DEFAULT = new Settings(1.0, 0);

        public Settings {
            if (!(alpha >= 0 && alpha <= 10) || picks < 0) {
                throw new IllegalArgumentException("neighbours are drawn with α from 0 to 10, and not fewer than 0");
            }
        }

        /** How many links a peer draws at most, and draws others for when it has fewer. */
        int wanted(int members) {
            return Math.min(members - 1, picks > 0 ? picks : members / 2 + 1);
        }

        /** With more links than this, those of others included, a peer lets go of what it has drawn, unless the other end needs it. */
        int enough(int members) {
            return Math.min(2 * wanted(members), (wanted(members) + members - 1) / 2);
        }
    }

    private final Settings settings;
    private final NodeId self;
    private final Random64 random;
    private final View view;

    /** Who did not answer last time; they are tried by heartbeats, and not drawn before they speak. */
    private final Set<NodeId> silent = new LinkedHashSet<>();

    public PowerLawDraw(Settings settings, NodeId self, Context context, View view) {
        this.settings = settings;
        this.self = self;
        this.random = context.random();
        this.view = view;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    /** A round of heartbeats is over. */
    @Override
    public void follow(long nowNanos, Timer timer, Effects effects) {
        if (view.isRegistered()) {
            draw(effects);
        }
    }

    @Override
    public void hear(long nowNanos, Event event, Effects effects) {
        if (event instanceof LinkProtocol.LinkUp up) {
            silent.remove(up.neighbour());
        } else if (event instanceof MembershipProtocol.MemberRemoved removed) {
            silent.remove(removed.member());
        } else if (event instanceof HeartbeatProtocol.Reappeared back) {
            silent.remove(back.neighbour());
            draw(effects);
        } else if (event instanceof LinkProtocol.LinkDown down) {
            if (down.reason() == LinkLoss.SILENT) {
                silent.add(down.neighbour());
            }
            draw(effects);
        } else if (event instanceof RegistrationProtocol.Registered
                || event instanceof PeerListProtocol.PeerListReceived) {
            draw(effects);
        }
    }

    /** Draws what is missing, if anything is. */
    private void draw(Effects effects) {
        List<NodeId> members = view.members();
        List<NodeId> linked = view.neighbours();
        int missing = settings.wanted(members.size()) - linked.size();
        if (missing > 0) {
            draw(missing, members.size(), effects);
        } else if (!linked.isEmpty()
                && linked.getFirst().compareTo(self) > 0
                && members.getFirst().compareTo(self) < 0) {
            draw(1, Collections.binarySearch(members, self), effects);
        }
    }

    /** Draws so many of the first members. */
    private void draw(int missing, int first, Effects effects) {
        List<NodeId> members = view.members().subList(0, first);
        Set<NodeId> linked = new HashSet<>(view.neighbours());
        List<NodeId> candidates = new ArrayList<>();
        double[] ranked = new double[members.size()];
        int count = 0;
        for (int rank = 1; rank <= members.size(); rank++) {
            NodeId member = members.get(rank - 1);
            if (!member.equals(self) && !linked.contains(member) && !silent.contains(member)) {
                candidates.add(member);
                ranked[count++] = 1 / StrictMath.pow(rank, settings.alpha);
            }
        }
        if (count == 0) {
            return;
        }
        // One weight too many stands for this node, which is never drawn.
        double[] weights = Arrays.copyOf(ranked, count + 1);
        weights[count] = Double.MIN_NORMAL;
        List<NodeId> drawn = new ArrayList<>();
        for (int pick : new WeightedDraw(weights, random).withoutReplacement(Math.min(missing, count), count)) {
            drawn.add(candidates.get(pick));
        }
        drawn.sort(null);
        effects.tell(new LinkProtocol.NeighboursDrawn(drawn));
    }
}
