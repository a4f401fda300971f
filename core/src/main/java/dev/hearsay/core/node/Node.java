package dev.hearsay.core.node;

import dev.hearsay.core.Carried;
import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Part;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Nonces;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.membership.StaticMembership;
import dev.hearsay.core.overlay.Links;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that gossips: a member of a static list, or a peer of a network with seeds. It wires the parts that its {@link NodeSpec} asks for. */
public final class Node implements Machine, View, Exit.Routing {

    private final NodeId self;
    private final RumorLog log;
    private final StaticMembership membership;
    private final @Nullable PeerParts peer;
    private final Links links;
    private final Spreading spreading;
    private final @Nullable AntiEntropy antiEntropy;
    private final @Nullable Heartbeats heartbeats;
    private final OnDemand onDemand;
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
        this.links = new Links(self, neighbours, context, this, upkeep(spec), draw);
        Heartbeats.Settings watching = spec.heartbeats();
        Nonces nonces = watching == null ? null : new Nonces(context);
        this.heartbeats =
                watching == null || nonces == null ? null : new Heartbeats(watching, context, nonces, this::isAnswered);
        this.spreading = new Spreading(spec.spreading(), self, context, this, log);
        this.onDemand = new OnDemand(spec, self, context, this, log);
        this.antiEntropy = spec.antiEntropy() == null
                ? null
                : new AntiEntropy(spec.antiEntropy(), self, context, this, log, spreading, onDemand);
        this.peer = spec.membership() instanceof NodeSpec.Membership.Seeded seeded
                ? new PeerParts(seeded, self, context, nonces == null ? new Nonces(context) : nonces, this, spreading)
                : null;
        onDemand.attestations = peer;
    }

    private static Links.Upkeep upkeep(NodeSpec spec) {
        if (spec.heartbeats() == null) {
            return Links.Upkeep.NONE;
        }
        return spec.membership() instanceof NodeSpec.Membership.Seeded ? Links.Upkeep.DRAW : Links.Upkeep.HEAL;
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
        return onDemand.commit == null ? new Ranges() : onDemand.commit.committed();
    }

    /** The key/value state, to look at. */
    public State state() {
        return onDemand.state();
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
        Exit exit = new Exit(this, effects);
        if (peer != null) {
            peer.saveAgain(input, exit);
        }
        switch (input) {
            case Input.Started started -> start(nowNanos, started, exit);
            case Input.Received received -> receive(nowNanos, received, exit);
            case Input.Fired(Timer timer) -> {
                to(nowNanos, partFor(timer), input, exit);
                if (timer instanceof Timer.HeartbeatRound && peer != null && peer.registration.registration() != null) {
                    peer.draw.draw(exit);
                    links.letGoOfOne(exit);
                }
            }
            case Input.Asked asked -> to(nowNanos, partFor(asked.command()), input, exit);
            case Input.Unsaved(Fact fact) -> takeBack(nowNanos, fact, input, exit);
        }
        exit.passOnSignals(nowNanos);
    }

    private void takeBack(long nowNanos, Fact fact, Input input, Exit exit) {
        switch (fact) {
            case Fact.Kept kept -> onDemand.commit().step(nowNanos, input, exit);
            case Fact.Wrote wrote -> onDemand.state().step(nowNanos, input, exit);
            case Fact.Accepted(Carried carried)
            when carried.rumor().isVersion() -> {
                spreading.step(nowNanos, input, exit);
                onDemand.commit().step(nowNanos, input, exit);
            }
            default -> {
                if (peer == null || !peer.takeBack(fact, exit)) {
                    spreading.step(nowNanos, input, exit);
                }
            }
        }
    }

    private void receive(long nowNanos, Input.Received received, Exit exit) {
        NodeId from = received.from();
        if (peer != null) {
            if (!peer.registration.isAcquainted(from)) {
                peer.registration.wonder(nowNanos, exit);
                return;
            }
        }
        if (heartbeats == null) {
            to(nowNanos, partFor(received.message(), from), received, exit);
        } else if (received.message() instanceof Message.Pong pong) {
            boolean isAlive = heartbeats.answered(nowNanos, from, pong, exit);
            if (isAlive && peer != null) {
                peer.jury.answered(nowNanos, from, exit);
            }
        } else {
            heartbeats.heard(nowNanos, from);
            to(nowNanos, partFor(received.message(), from), received, exit);
            if (received.message() instanceof Message.Ping) {
                links.pinged(from, exit);
            }
        }
    }

    private @Nullable Part partFor(Message message, NodeId from) {
        return switch (message) {
            case Message.Gossip gossip -> spreading;
            case Message.Summary summary -> antiEntropy;
            case Message.Digest digest -> antiEntropy;
            case Message.Pull pull -> antiEntropy;
            case Message.Repair repair -> antiEntropy;
            case Message.VersionNews news -> onDemand.commit();
            case Message.Versions versions -> onDemand.commit();
            case Message.StateBuckets buckets -> onDemand.state();
            case Message.StateDigest digest -> onDemand.state();
            case Message.Entries entries -> onDemand.state();
            case Message.Link link -> links;
            case Message.Leave leave -> links;
            // A seed that pings examines: it wants proof that the one who answers holds the registered key.
            case Message.Ping ping -> peer != null && peer.isSeed(from) ? peer.registration : heartbeats;
            case Message.Pong pong -> heartbeats;
            case Message.Declare declare -> peer == null ? null : peer.jury;
            case Message.SuspectQuery query -> peer == null ? null : peer.jury;
            case Message.SuspectReply reply -> peer == null ? null : peer.jury;
            case Message.RegisterAck ack -> peer == null ? null : peer.registration;
            case Message.RegisterNack nack -> peer == null ? null : peer.registration;
            case Message.PeerList list -> peer == null ? null : peer.registration;
            case Message.RemovalNotify removal -> peer == null ? null : peer.registration;
            // What is meant for seeds.
            case Message.RegisterRequest request -> null;
            case Message.ProposeRegister proposal -> null;
            case Message.DeadNodeReport report -> null;
            case Message.ProposeRemove proposal -> null;
            case Message.Vote vote -> null;
            case Message.Sync sync -> null;
            case Message.PeerListRequest request -> null;
        };
    }

    private @Nullable Part partFor(Timer timer) {
        return switch (timer) {
            case Timer.Relay relay -> spreading;
            case Timer.AntiEntropyRound round -> antiEntropy;
            case Timer.ReportRound round -> onDemand.commit();
            case Timer.HeartbeatRound round -> heartbeats;
            case Timer.Apply apply -> peer == null ? null : peer.registration;
            case Timer.Refresh refresh -> peer == null ? null : peer.registration;
            case Timer.JuryEnd end -> peer == null ? null : peer.jury;
            case Timer.Probe probe -> peer == null ? null : peer.jury;
            case Timer.Declare declare -> peer == null ? null : peer.jury;
            case Timer.Generate generate -> peer == null ? null : peer.generator;
            case Timer.Examine examine -> null;
            case Timer.VoteEnd end -> null;
            case Timer.SyncRound round -> null;
        };
    }

    private Part partFor(Command command) {
        return switch (command) {
            case Command.Publish publish -> spreading;
            case Command.PublishVersion publish -> spreading;
            case Command.MarkRead read -> spreading;
            case Command.Put put -> onDemand.state();
            case Command.Delete delete -> onDemand.state();
            case Command.Admit admit -> membership;
            case Command.Dismiss dismiss -> membership;
            case Command.Depart depart -> links;
        };
    }

    /** A part that this node was told to leave out takes nothing. */
    private static void to(long nowNanos, @Nullable Part part, Input input, Exit exit) {
        if (part != null) {
            part.step(nowNanos, input, exit);
        }
    }

    @Override
    public boolean isHeard(Signal signal) {
        return switch (signal) {
            case Signal.Delivered delivered -> delivered.way() == Signal.Way.ANTI_ENTROPY || isVersion(delivered);
            case Signal.Published published -> log.hasSeen(Origin.VERSIONS, published.sequence());
            case Signal.MemberAdded added -> onDemand.commit != null;
            case Signal.MemberDismissed dismissed -> true;
            case Signal.Started started -> true;
            case Signal.Silent silent -> true;
            case Signal.Reappeared reappeared -> true;
            case Signal.LinkUp up -> true;
            case Signal.LinkDown down -> true;
            case Signal.Suspected suspected -> peer != null;
            case Signal.Cleared cleared -> peer != null;
            case Signal.Registered registered -> true;
            case Signal.PeerListReceived received -> true;
            case Signal.NeighboursDrawn drawn -> true;
            case Signal.MemberRemoved removed -> true;
            default -> false;
        };
    }

    @Override
    public void passOn(long nowNanos, Signal signal, Exit exit) {
        switch (signal) {
            case Signal.Delivered delivered -> {
                if (delivered.way() == Signal.Way.ANTI_ENTROPY) {
                    spreading.hear(nowNanos, delivered, exit);
                }
                if (isVersion(delivered)) {
                    onDemand.commit().hear(nowNanos, delivered, exit);
                }
            }
            case Signal.Published published -> onDemand.commit().hear(nowNanos, published, exit);
            case Signal.MemberAdded added -> hear(nowNanos, onDemand.commit, added, exit);
            case Signal.MemberDismissed dismissed -> {
                links.hear(nowNanos, dismissed, exit);
                hear(nowNanos, heartbeats, dismissed, exit);
                hear(nowNanos, onDemand.commit, dismissed, exit);
            }
            case Signal.Started started -> hear(nowNanos, heartbeats, started, exit);
            case Signal.Silent silent -> links.hear(nowNanos, silent, exit);
            case Signal.Reappeared reappeared -> {
                links.hear(nowNanos, reappeared, exit);
                hear(nowNanos, peer == null ? null : peer.draw, reappeared, exit);
            }
            case Signal.NeighboursDrawn drawn -> links.hear(nowNanos, drawn, exit);
            case Signal.LinkUp up -> {
                hear(nowNanos, heartbeats, up, exit);
                hear(nowNanos, peer == null ? null : peer.jury, up, exit);
                hear(nowNanos, peer == null ? null : peer.draw, up, exit);
            }
            case Signal.LinkDown down -> {
                hear(nowNanos, heartbeats, down, exit);
                hear(nowNanos, peer == null ? null : peer.jury, down, exit);
                hear(nowNanos, peer == null ? null : peer.draw, down, exit);
            }
            case Signal.MemberRemoved removed -> {
                links.hear(nowNanos, removed, exit);
                hear(nowNanos, heartbeats, removed, exit);
                hear(nowNanos, onDemand.commit, removed, exit);
                hear(nowNanos, peer == null ? null : peer.jury, removed, exit);
                hear(nowNanos, peer == null ? null : peer.draw, removed, exit);
            }
            case Signal.Registered registered -> {
                hear(nowNanos, peer == null ? null : peer.generator, registered, exit);
                hear(nowNanos, peer == null ? null : peer.jury, registered, exit);
                hear(nowNanos, peer == null ? null : peer.draw, registered, exit);
                hear(nowNanos, onDemand.commit, registered, exit);
            }
            case Signal.PeerListReceived received -> {
                hear(nowNanos, peer == null ? null : peer.draw, received, exit);
                onDemand.commit().hear(nowNanos, received, exit);
            }
            case Signal.Suspected suspected -> hear(nowNanos, peer == null ? null : peer.jury, suspected, exit);
            case Signal.Cleared cleared -> hear(nowNanos, peer == null ? null : peer.jury, cleared, exit);
            default -> throw new IllegalStateException("no part hears " + signal);
        }
    }

    private static void hear(long nowNanos, @Nullable Part part, Signal signal, Exit exit) {
        if (part != null) {
            part.hear(nowNanos, signal, exit);
        }
    }

    private static boolean isVersion(Signal.Delivered delivered) {
        return delivered.origin().equals(Origin.VERSIONS.node());
    }

    private void start(long nowNanos, Input.Started started, Exit exit) {
        for (Fact fact : remembered) {
            switch (fact) {
                case Fact.Began(var origin) -> spreading.resume(origin);
                case Fact.Admitted(NodeId member) -> membership.remember(member);
                case Fact.Dismissed(NodeId member) -> membership.forget(member);
                case Fact.Accepted accepted -> check(spreading.remember(accepted, nowNanos), fact, exit);
                case Fact.Heard heard -> check(log.remember(heard, nowNanos), fact, exit);
                case Fact.Kept kept -> check(log.remember(kept, nowNanos), fact, exit);
                case Fact.Wrote wrote -> onDemand.state().remember(nowNanos, wrote.entry());
                case Fact.Learnt learnt -> onDemand.state().remember(nowNanos, learnt.entry());
                case Fact.Dropped dropped -> onDemand.state().remember(dropped);
                case Fact.Shortened shortened -> log.remember(shortened);
                case Fact.Read read -> log.remember(read);
                case Fact.Forgot forgot -> {
                    if (!check(log.remember(forgot, nowNanos), fact, exit)) {
                        exit.save(new Fact.Forgot(forgot.origin(), 0, new Ranges()));
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
        exit.tell(new Signal.Started(neighbours(), log.entries().size()));
        to(nowNanos, links, started, exit);
        to(nowNanos, antiEntropy, started, exit);
        to(nowNanos, heartbeats, started, exit);
        to(nowNanos, peer == null ? null : peer.registration, started, exit);
        if (!onDemand.versions().isEmpty()) {
            onDemand.commit().step(nowNanos, started, exit);
        }
    }

    private static boolean check(boolean isSensible, Fact fact, Exit exit) {
        if (!isSensible) {
            exit.tell(new Signal.Refused("what it had saved, for no node numbers so many messages: " + fact));
        }
        return isSensible;
    }
}
