package dev.hearsay.core.node;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Context;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Machine;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Part;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Nonces;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.membership.StaticMembership;
import dev.hearsay.core.overlay.LinkPolicy;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that gossips: a member of a static list, or a peer of a network with seeds. It wires the parts that its {@link NodeSpec} asks for. */
public final class Node implements Machine, View, TappedEffects.Routing {

    private final NodeId self;
    private final RumorLog log;
    private final StaticMembership membership;
    private final @Nullable PeerParts peer;
    private final LinkPolicy links;
    private final Spreading spreading;
    private final @Nullable AntiEntropy antiEntropy;
    private final @Nullable Heartbeats heartbeats;
    private final LazyParts lazyParts;
    private List<Fact> remembered;

    /**
     * A node at its start.
     *
     * @param members all nodes of a static network, this one included; shared, not copied; a peer of a network with seeds learns them by itself
     * @param neighbours the nodes this one has links to at first, sorted; shared, not copied
     * @param remembered what the node has saved in earlier lives, in the order of saving
     */
    public Node(
            NodeSpec spec,
            NodeId self,
            List<NodeId> members,
            List<NodeId> neighbours,
            Context context,
            List<Fact> remembered) {
        this.self = self;
        this.remembered = remembered;
        this.log = new RumorLog(spec.retention());
        this.membership = new StaticMembership(members);
        PowerLawDraw.Settings draw = spec.membership() instanceof NodeSpec.Membership.Seeded seeded
                ? seeded.neighbours()
                : PowerLawDraw.Settings.DEFAULT;
        this.links = new LinkPolicy(self, neighbours, context, this, upkeep(spec), draw);
        Heartbeats.Settings watching = spec.heartbeats();
        Nonces nonces = watching == null ? null : new Nonces(context);
        this.heartbeats =
                watching == null || nonces == null ? null : new Heartbeats(watching, context, nonces, this::isAnswered);
        this.spreading = new Spreading(spec.spreading(), self, context, this, log);
        this.lazyParts = new LazyParts(spec, self, context, this, log);
        this.antiEntropy = spec.antiEntropy() == null
                ? null
                : new AntiEntropy(spec.antiEntropy(), self, context, this, log, spreading, lazyParts);
        this.peer = spec.membership() instanceof NodeSpec.Membership.Seeded seeded
                ? new PeerParts(seeded, self, context, nonces == null ? new Nonces(context) : nonces, this, spreading)
                : null;
        lazyParts.attestations = peer;
    }

    private static LinkPolicy.Upkeep upkeep(NodeSpec spec) {
        if (spec.heartbeats() == null) {
            return LinkPolicy.Upkeep.NONE;
        }
        return spec.membership() instanceof NodeSpec.Membership.Seeded
                ? LinkPolicy.Upkeep.DRAW
                : LinkPolicy.Upkeep.HEAL;
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
        return peer == null ? membership.members() : peer.registration.members();
    }

    /** Whether others have reason to answer this node: a peer that is not registered, or was removed while it was down, has none. */
    private boolean isAnswered() {
        return peer == null || peer.registration.isMember();
    }

    @Override
    public boolean knows(NodeId node) {
        return peer == null
                ? membership.members().contains(node) || neighbours().contains(node)
                : peer.registration.isAcquainted(node);
    }

    /** This peer's copy of the Peer List, to look at; null in a static network. */
    public @Nullable PeerList peerList() {
        return peer == null ? null : peer.list;
    }

    /** What the node has heard, to look at; only the node itself writes to it. */
    public RumorLog log() {
        return log;
    }

    /** The versions that every member is known to have, to look at. */
    public Ranges committed() {
        return lazyParts.commit == null ? new Ranges() : lazyParts.commit.committed();
    }

    /** The key/value state, to look at. */
    public State state() {
        return lazyParts.state();
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
    public void step(long nowNanos, Input input, Effects effects) {
        TappedEffects tapped = new TappedEffects(this, effects);
        if (peer != null) {
            peer.saveAgain(input, tapped);
        }
        switch (input) {
            case Input.Started started -> start(nowNanos, started, tapped);
            case Input.Received received -> receive(nowNanos, received, tapped);
            case Input.Fired(Timer timer) -> {
                to(nowNanos, partFor(timer), input, tapped);
                boolean isMember = peer == null || peer.registration.registration() != null;
                if (timer instanceof HeartbeatProtocol.HeartbeatRound && isMember) {
                    if (peer != null) {
                        peer.draw.draw(tapped);
                    }
                    links.tidy(tapped);
                }
            }
            case Input.Asked asked -> to(nowNanos, partFor(asked.command()), input, tapped);
            case Input.Unsaved(Fact fact) -> takeBack(nowNanos, fact, input, tapped);
        }
        tapped.passOnEvents(nowNanos);
    }

    private void takeBack(long nowNanos, Fact fact, Input input, TappedEffects tapped) {
        switch (fact) {
            case RumorProtocol.Kept kept -> lazyParts.commit().step(nowNanos, input, tapped);
            case StateProtocol.Wrote wrote -> lazyParts.state().step(nowNanos, input, tapped);
            case RumorProtocol.Accepted(RelayedRumor carried)
            when carried.rumor().isVersion() -> {
                spreading.step(nowNanos, input, tapped);
                lazyParts.commit().step(nowNanos, input, tapped);
            }
            default -> {
                if (peer == null || !peer.takeBack(fact, tapped)) {
                    spreading.step(nowNanos, input, tapped);
                }
            }
        }
    }

    private void receive(long nowNanos, Input.Received received, TappedEffects tapped) {
        NodeId from = received.from();
        if (peer != null) {
            if (!peer.registration.isAcquainted(from)) {
                peer.registration.heardStranger(nowNanos, tapped);
                return;
            }
        } else if (isQuestion(received.message()) && !knows(from)) {
            tapped.tell(new Lifecycle.Refused("to tell " + from + ", which is no member, what there is"));
            return;
        }
        if (heartbeats == null) {
            to(nowNanos, partFor(received.message(), from), received, tapped);
        } else if (received.message() instanceof HeartbeatProtocol.Pong pong) {
            boolean isAlive = heartbeats.answered(nowNanos, from, pong, tapped);
            if (isAlive && peer != null) {
                peer.suspicions.answered(nowNanos, from, tapped);
            }
        } else {
            heartbeats.heard(nowNanos, from);
            to(nowNanos, partFor(received.message(), from), received, tapped);
            if (received.message() instanceof HeartbeatProtocol.Ping) {
                links.pinged(from, tapped);
            }
        }
    }

    /** Whether it may make a node send much to whoever is named as its sender. */
    private static boolean isQuestion(Message message) {
        return message instanceof AntiEntropyProtocol.Summary
                || message instanceof AntiEntropyProtocol.Digest
                || message instanceof AntiEntropyProtocol.Pull
                || message instanceof StateProtocol.StateBuckets
                || message instanceof StateProtocol.StateDigest
                || (message instanceof StateProtocol.Entries entries
                        && !entries.wants().isEmpty())
                || (message instanceof CommitProtocol.VersionNews news && news.answer())
                || (message instanceof CommitProtocol.Versions versions && versions.answer());
    }

    private @Nullable Part partFor(Message message, NodeId from) {
        return switch (message) {
            case RumorProtocol.Gossip _ -> spreading;
            case AntiEntropyProtocol.Summary _,
                    AntiEntropyProtocol.Digest _,
                    AntiEntropyProtocol.Pull _,
                    AntiEntropyProtocol.Repair _ -> antiEntropy;
            case CommitProtocol.VersionNews _, CommitProtocol.Versions _ -> lazyParts.commit();
            case StateProtocol.StateBuckets _, StateProtocol.StateDigest _, StateProtocol.Entries _ ->
                lazyParts.state();
            case LinkProtocol.Link _, LinkProtocol.Leave _ -> links;
            // A seed that pings examines: it wants proof that the one who answers holds the registered key.
            case HeartbeatProtocol.Ping _ -> peer != null && peer.isSeed(from) ? peer.registration : heartbeats;
            case HeartbeatProtocol.Pong _ -> heartbeats;
            case DeclarationProtocol.Declare _, SuspicionProtocol.SuspectQuery _, SuspicionProtocol.SuspectReply _ ->
                peer == null ? null : peer.suspicions;
            case RegistrationProtocol.RegisterAck _,
                    RegistrationProtocol.RegisterNack _,
                    PeerListProtocol.PeerList _,
                    RemovalProtocol.RemovalNotify _ -> peer == null ? null : peer.registration;
            // What is meant for seeds.
            case RegistrationProtocol.RegisterRequest _,
                    VotingProtocol.ProposeRegister _,
                    VotingProtocol.ProposeRemove _,
                    VotingProtocol.Vote _ -> null;
            case RemovalProtocol.DeadNodeReport _, PeerListProtocol.Sync _, PeerListProtocol.PeerListRequest _ -> null;
        };
    }

    private @Nullable Part partFor(Timer timer) {
        return switch (timer) {
            case RumorProtocol.Relay _ -> spreading;
            case AntiEntropyProtocol.AntiEntropyRound _ -> antiEntropy;
            case CommitProtocol.ReportRound _ -> lazyParts.commit();
            case HeartbeatProtocol.HeartbeatRound _ -> heartbeats;
            case RegistrationProtocol.Apply _, PeerListProtocol.Refresh _ -> peer == null ? null : peer.registration;
            case SuspicionProtocol.SuspicionTimeout _, SuspicionProtocol.Probe _, DeclarationProtocol.DeclareRound _ ->
                peer == null ? null : peer.suspicions;
            case GeneratorProtocol.Generate _ -> peer == null ? null : peer.generator;
            case VotingProtocol.Examine _, VotingProtocol.VoteEnd _, PeerListProtocol.SyncRound _ -> null;
        };
    }

    private Part partFor(Command command) {
        return switch (command) {
            case Command.Publish _, Command.PublishVersion _, Command.MarkRead _ -> spreading;
            case Command.Put _, Command.Delete _ -> lazyParts.state();
            case Command.Admit _, Command.Dismiss _ -> membership;
            case Command.Depart _ -> links;
        };
    }

    /** A part that this node was told to leave out takes nothing. */
    private static void to(long nowNanos, @Nullable Part part, Input input, TappedEffects tapped) {
        if (part != null) {
            part.step(nowNanos, input, tapped);
        }
    }

    @Override
    public boolean isHeard(Event event) {
        return switch (event) {
            case RumorProtocol.Delivered delivered ->
                delivered.way() == RumorProtocol.Way.ANTI_ENTROPY || isVersion(delivered);
            case RumorProtocol.Published published -> log.hasSeen(Origin.VERSIONS, published.sequence());
            case MembershipProtocol.MemberAdded _ -> lazyParts.commit != null;
            case HeartbeatProtocol.Suspected _, HeartbeatProtocol.Cleared _ -> peer != null;
            case Lifecycle.Started _,
                    HeartbeatProtocol.Silent _,
                    HeartbeatProtocol.Reappeared _,
                    LinkProtocol.LinkUp _,
                    LinkProtocol.LinkDown _ -> true;
            case RegistrationProtocol.Registered _,
                    PeerListProtocol.PeerListReceived _,
                    LinkProtocol.NeighboursDrawn _ -> true;
            case MembershipProtocol.MemberRemoved _, MembershipProtocol.MemberDismissed _ -> true;
            default -> false;
        };
    }

    @Override
    public void passOn(long nowNanos, Event event, TappedEffects tapped) {
        Part suspicions = peer == null ? null : peer.suspicions;
        Part draw = peer == null ? null : peer.draw;
        switch (event) {
            case RumorProtocol.Delivered delivered -> {
                if (delivered.way() == RumorProtocol.Way.ANTI_ENTROPY) {
                    spreading.hear(nowNanos, delivered, tapped);
                }
                if (isVersion(delivered)) {
                    lazyParts.commit().hear(nowNanos, delivered, tapped);
                }
            }
            case RumorProtocol.Published _ -> hear(nowNanos, event, tapped, lazyParts.commit());
            case MembershipProtocol.MemberAdded _ -> hear(nowNanos, event, tapped, lazyParts.commit);
            case MembershipProtocol.MemberDismissed _ ->
                hear(nowNanos, event, tapped, links, heartbeats, lazyParts.commit);
            case Lifecycle.Started _ -> hear(nowNanos, event, tapped, heartbeats);
            case HeartbeatProtocol.Silent _, LinkProtocol.NeighboursDrawn _ -> hear(nowNanos, event, tapped, links);
            case HeartbeatProtocol.Reappeared _ -> hear(nowNanos, event, tapped, links, draw);
            case LinkProtocol.LinkUp _, LinkProtocol.LinkDown _ ->
                hear(nowNanos, event, tapped, heartbeats, suspicions, draw);
            case MembershipProtocol.MemberRemoved _ ->
                hear(nowNanos, event, tapped, links, heartbeats, lazyParts.commit, suspicions, draw);
            case RegistrationProtocol.Registered _ ->
                hear(nowNanos, event, tapped, peer == null ? null : peer.generator, suspicions, draw, lazyParts.commit);
            case PeerListProtocol.PeerListReceived _ -> hear(nowNanos, event, tapped, draw, lazyParts.commit());
            case HeartbeatProtocol.Suspected _, HeartbeatProtocol.Cleared _ ->
                hear(nowNanos, event, tapped, suspicions);
            default -> throw new IllegalStateException("no part hears " + event);
        }
    }

    /** Parts that this node was told to leave out hear nothing. */
    private static void hear(long nowNanos, Event event, TappedEffects tapped, @Nullable Part... parts) {
        for (Part part : parts) {
            if (part != null) {
                part.hear(nowNanos, event, tapped);
            }
        }
    }

    private static boolean isVersion(RumorProtocol.Delivered delivered) {
        return delivered.origin().equals(Origin.VERSIONS.node());
    }

    private void start(long nowNanos, Input.Started started, TappedEffects tapped) {
        if (!remembered.isEmpty()) {
            spreading.resume();
            lazyParts.resume();
        }
        for (Fact fact : remembered) {
            switch (fact) {
                case RumorProtocol.Began(var origin) -> spreading.remember(origin);
                case MembershipProtocol.Admitted(NodeId member) -> membership.remember(member);
                case MembershipProtocol.Dismissed(NodeId member) -> membership.forget(member);
                case RumorProtocol.Accepted accepted -> check(spreading.remember(accepted, nowNanos), fact, tapped);
                case RumorProtocol.Heard heard -> check(log.remember(heard, nowNanos), fact, tapped);
                case RumorProtocol.Kept kept -> check(log.remember(kept, nowNanos), fact, tapped);
                case StateProtocol.Wrote wrote ->
                    lazyParts.state().remember(nowNanos, new StateProtocol.Learnt(wrote.entry()));
                case StateProtocol.Learnt learnt -> lazyParts.state().remember(nowNanos, learnt);
                case StateProtocol.Dropped dropped -> lazyParts.state().remember(dropped);
                case RumorProtocol.Shortened shortened -> log.remember(shortened);
                case RumorProtocol.Read read -> log.remember(read);
                case RumorProtocol.Forgot forgot -> {
                    if (!check(log.remember(forgot, nowNanos), fact, tapped)) {
                        tapped.save(new RumorProtocol.Forgot(forgot.origin(), 0, new Ranges()));
                    }
                }
                default -> {
                    if (peer == null) {
                        throw new IllegalStateException("a node of a static network has never saved " + fact);
                    }
                    peer.remember(fact);
                }
            }
        }
        remembered = List.of();
        tapped.tell(new Lifecycle.Started(neighbours(), log.entries().size()));
        to(nowNanos, links, started, tapped);
        to(nowNanos, antiEntropy, started, tapped);
        to(nowNanos, heartbeats, started, tapped);
        to(nowNanos, peer == null ? null : peer.registration, started, tapped);
        if (!lazyParts.versions().isEmpty()) {
            lazyParts.commit().step(nowNanos, started, tapped);
        }
    }

    private static boolean check(boolean isSensible, Fact fact, TappedEffects tapped) {
        if (!isSensible) {
            tapped.tell(new Lifecycle.Refused("what it had saved, for no node numbers so many messages: " + fact));
        }
        return isSensible;
    }
}
