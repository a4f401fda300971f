package dev.hearsay.core.node;

import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Membership;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Timer;
import dev.hearsay.core.commit.Attestations;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Nonces;
import dev.hearsay.core.detect.Suspicions;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.membership.Electorate;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.membership.StaticMembership;
import dev.hearsay.core.overlay.LinkPolicy;
import dev.hearsay.core.overlay.LinkPolicy.Upkeep;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Generator;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.spread.Spreading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that gossips: a member of a static list, or a peer of a network with seeds. Which parts it has, {@link Compositions} says; how they are set, its {@link NodeSpec}. */
public final class Node extends LazyParts implements TappedEffects.Routing {

    /** Slots of the parts that both kinds of nodes have. They are fields: of a million nodes, an array each would take 20 MB more. */
    private static final int COMMON = 7;

    private static final @Nullable Part[] NONE = {};

    private final NodeId self;
    private final Spreading spreading;
    private final LinkPolicy links;
    private final @Nullable AntiEntropy antiEntropy;
    private final @Nullable Heartbeats heartbeats;
    private final Membership membership;

    /** The parts that only peers have. */
    private @Nullable Part[] others = NONE;

    /**
     * A node at its start.
     *
     * @param members all nodes of a static network, this one included; shared, not copied; a peer of a network with seeds learns them by itself
     * @param neighbours the nodes this one has links to at first, sorted; shared, not copied
     * @param remembered what the node has saved in earlier lives, in the order of saving; empty if it keeps nothing. One that keeps what it saves and finds
     *     nothing is given some fact that changes nothing: others then tell it of lives that its memory has lost
     */
    public Node(
            NodeSpec spec,
            NodeId self,
            List<NodeId> members,
            List<NodeId> neighbours,
            Context outside,
            List<Fact> remembered) {
        boolean isSigned = spec.membership() instanceof NodeSpec.Membership.Seeded;
        Context context = isSigned ? new SignatureLimits(outside, self) : outside;
        super(spec, context, remembered);
        this.self = self;
        this.spreading = new Spreading(spec.spreading(), self, context, this, log);
        this.antiEntropy = spec.antiEntropy() == null
                ? null
                : new AntiEntropy(spec.antiEntropy(), self, context, this, log, spreading, this);
        Heartbeats.Settings watching = spec.heartbeats();
        switch (spec.membership()) {
            case NodeSpec.Membership.Static() -> {
                this.membership = new StaticMembership(members);
                this.heartbeats = watching == null
                        ? null
                        : new Heartbeats(watching, context, new Nonces(context), membership::isMember);
                Upkeep upkeep = watching == null ? Upkeep.NONE : Upkeep.HEAL;
                this.links = new LinkPolicy(self, neighbours, context, this, upkeep, PowerLawDraw.Settings.DEFAULT);
            }
            case NodeSpec.Membership.Seeded seeded -> {
                Electorate electorate = new Electorate(seeded.seeds());
                Registration registration =
                        new Registration(seeded.registration(), self, context, electorate, new PeerList());
                this.membership = registration;
                Nonces nonces = new Nonces(context);
                this.heartbeats =
                        watching == null ? null : new Heartbeats(watching, context, nonces, membership::isMember);
                Upkeep upkeep = watching == null ? Upkeep.NONE : Upkeep.DRAW;
                this.links = new LinkPolicy(self, neighbours, context, this, upkeep, seeded.neighbours());
                others = new Part[composition.roles().size() - COMMON];
                add(new PowerLawDraw(seeded.neighbours(), self, context, this));
                add(new Suspicions(
                        seeded.suspicions(),
                        self,
                        context,
                        nonces,
                        this,
                        registration::registrationOf,
                        electorate.seeds()));
                if (seeded.generator() != null) {
                    add(new Generator(seeded.generator(), self, context, spreading));
                }
            }
        }
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public List<NodeId> neighbours() {
        return links.neighbours();
    }

    @Override
    public List<NodeId> members() {
        return membership.members();
    }

    @Override
    public boolean isRegistered() {
        return membership.isRegistered();
    }

    @Override
    public boolean knows(NodeId node) {
        return membership.knows(node, neighbours());
    }

    /** This peer's copy of the Peer List, to look at; null in a static network. */
    public @Nullable PeerList peerList() {
        return membership instanceof Registration registration ? registration.list() : null;
    }

    @Override
    @Nullable
    Attestations attestations(Context of) {
        PeerList list = peerList();
        return list == null ? null : new PeerAttestations(self, of, list);
    }

    /** What the node has heard, to look at; only the node itself writes to it. */
    public RumorLog log() {
        return log;
    }

    /** The versions that every member is known to have, to look at. */
    public Ranges committed() {
        Commit commit = findCommit();
        return commit == null ? new Ranges() : commit.committed();
    }

    /**
     * Reads what the next input will need, and changes nothing. Where there are far more nodes than a processor's caches
     * hold, a driver touches several nodes in a row before it steps them: their memory is then fetched side by side,
     * instead of one access after the other.
     *
     * @return a number that means nothing, so that the reads are not optimized away
     */
    public int touch() {
        return spreading.touch();
    }

    @Override
    @Nullable
    Part at(int slot) {
        return switch (slot) {
            case 0 -> spreading;
            case 1 -> links;
            case 2 -> antiEntropy;
            case 3 -> heartbeats;
            case 4 -> membership;
            case 5 -> findCommit();
            case 6 -> findState();
            default -> others[slot - COMMON];
        };
    }

    @Override
    void put(int slot, Part part) {
        others[slot - COMMON] = part;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        TappedEffects tapped = new TappedEffects(this, effects);
        if (composition.isGuarded() && !(input instanceof Input.Unsaved)) {
            membership.saveAgain(tapped);
        }
        switch (input) {
            case Input.Started() -> {
                remember(nowNanos, tapped);
                tapped.tell(new Lifecycle.Started(neighbours(), log.entries().size()));
                startParts(nowNanos, tapped);
            }
            case Input.Received(NodeId from, Message message) -> receive(nowNanos, from, message, tapped);
            case Input.Fired(Timer timer) -> fire(nowNanos, timer, tapped);
            case Input.Asked(Command command) -> ask(nowNanos, command, tapped);
            case Input.Unsaved(Fact fact) -> takeBack(nowNanos, fact, tapped);
        }
        tapped.passOnEvents(nowNanos);
    }

    private void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        boolean isToBeAsked = composition.isGuarded() || message.isQuestion();
        if (isToBeAsked && !membership.accepts(nowNanos, from, message, this, effects)) {
            return;
        }
        // Of a pong it is looked first whether it is one.
        if (heartbeats != null && !(message instanceof HeartbeatProtocol.Pong)) {
            heartbeats.heard(nowNanos, from);
        }
        boolean isCheck = message instanceof HeartbeatProtocol.Ping && membership.isSeed(from);
        Family family = isCheck ? Family.LIVENESS_CHECKS : message.family();
        Part part = taker(family);
        if (part == null) {
            return; // refused, or left out of this node: anybody can say anything, so nobody is told
        }
        if (context instanceof SignatureLimits limits) {
            limits.begin(nowNanos, from, membership.isSeed(from));
            deliver(nowNanos, from, message, family, part, effects);
            limits.end(from, effects);
        } else {
            deliver(nowNanos, from, message, family, part, effects);
        }
    }

    private void deliver(long nowNanos, NodeId from, Message message, Family family, Part taker, Effects effects) {
        taker.receive(nowNanos, from, message, effects);
        for (byte slot : composition.followers(family)) {
            Part follower = part(slot);
            if (follower != null) {
                follower.follow(nowNanos, from, message, effects);
            }
        }
    }

    private void fire(long nowNanos, Timer timer, Effects effects) {
        Part part = taker(timer.family());
        if (part == null) {
            return; // of a life before, with another spec
        }
        part.fire(nowNanos, timer, effects);
        for (byte slot : composition.followers(timer.family())) {
            Part follower = part(slot);
            if (follower != null) {
                follower.follow(nowNanos, timer, effects);
            }
        }
    }

    private void ask(long nowNanos, Command command, Effects effects) {
        Part part = taker(command.family());
        if (part == null) {
            effects.tell(new Lifecycle.Refused("seeds decide who is a member of this network"));
        } else {
            part.ask(nowNanos, command, effects);
        }
    }

    @Override
    public boolean isHeard(Event event) {
        return composition.listeners(event.family()).length > 0;
    }

    @Override
    public void passOn(long nowNanos, Event event, TappedEffects tapped) {
        hear(nowNanos, event, tapped);
    }
}
