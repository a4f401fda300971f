package dev.hearsay.core.node;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Context;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Electorate;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.membership.SeedRegistry;
import dev.hearsay.core.membership.SeedSync;
import java.util.List;

/** A seed: it decides with the others who is a member, and never gossips. */
public final class Seed implements Machine {

    private final NodeId self;
    private final Electorate electorate;
    private final PeerList list = new PeerList();
    private final SeedRegistry registry;
    private final SeedSync sync;
    private final UnsavedFacts unsaved = new UnsavedFacts();
    private List<Fact> remembered;

    /**
     * A seed at its start.
     *
     * @param remembered what the seed has saved in earlier lives, in the order of saving
     * @throws IllegalArgumentException if it is not one of the configured seeds, or configured with another key
     */
    public Seed(SeedSpec spec, NodeId self, Context context, List<Fact> remembered) {
        this.self = self;
        this.remembered = remembered;
        this.electorate = new Electorate(spec.seeds());
        if (!electorate.pin(self, context.signatures().publicKey())) {
            throw new IllegalArgumentException(
                    electorate.isSeed(self)
                            ? "the configuration gives " + self + " another public key than the one it has"
                            : self + " is not a seed of the configuration");
        }
        Admission admission = new Admission(spec.admission());
        this.registry = new SeedRegistry(spec.voting(), self, context, electorate, admission, list, this::isReachable);
        this.sync = new SeedSync(spec.syncNanos(), self, context, electorate, list, registry::certified);
    }

    @Override
    public NodeId self() {
        return self;
    }

    private boolean isReachable(long nowNanos, NodeId seed) {
        return sync.isReachable(nowNanos, seed);
    }

    @Override
    public boolean knows(NodeId node) {
        return list.registration(node) != null || electorate.isSeed(node);
    }

    /** The Peer List as this seed holds it, to look at. */
    public PeerList peerList() {
        return list;
    }

    /** How many seeds, this one included, have been heard of lately. */
    public int reachableSeeds() {
        return sync.reachable();
    }

    public Electorate electorate() {
        return electorate;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        if (!(input instanceof Input.Unsaved)) {
            unsaved.saveAgain(effects);
        }
        switch (input) {
            case Input.Started started -> start(nowNanos, started, effects);
            case Input.Received(NodeId from, Message message) -> receive(nowNanos, from, message, effects);
            case Input.Fired(Timer timer) -> partFor(timer).step(nowNanos, input, effects);
            case Input.Unsaved(Fact fact) -> unsaved.add(fact, effects);
            case Input.Asked asked ->
                effects.tell(new Lifecycle.Refused("a seed holds the Peer List and does not gossip; ask a peer"));
        }
    }

    private void start(long nowNanos, Input.Started started, Effects effects) {
        for (Fact fact : remembered) {
            switch (fact) {
                case VotingProtocol.VotedYes vote -> registry.remember(vote);
                case PeerListProtocol.Certified certified -> list.merge(certified.certificate());
                case PeerListProtocol.Pinned pinned -> electorate.pin(pinned.seed(), pinned.key());
                default -> throw new IllegalStateException("a seed has never saved " + fact);
            }
        }
        remembered = List.of();
        effects.tell(new Lifecycle.SeedStarted(electorate.size(), electorate.quorum(), list.members()));
        sync.step(nowNanos, started, effects);
    }

    private void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        Input input = new Input.Received(from, message);
        switch (message) {
            case RegistrationProtocol.RegisterRequest _,
                    VotingProtocol.ProposeRegister _,
                    VotingProtocol.ProposeRemove _ -> registry.step(nowNanos, input, effects);
            case RemovalProtocol.DeadNodeReport _,
                    VotingProtocol.Vote _,
                    HeartbeatProtocol.Pong _,
                    DeclarationProtocol.Declare _ -> registry.step(nowNanos, input, effects);
            case PeerListProtocol.Sync _,
                    PeerListProtocol.PeerListRequest _,
                    PeerListProtocol.PeerList _,
                    RemovalProtocol.RemovalNotify _ -> sync.step(nowNanos, input, effects);
            case HeartbeatProtocol.Ping(long number) -> effects.send(from, new HeartbeatProtocol.Pong(number, null));
            // The data plane is the peers' own, and what seeds answer is not for seeds.
            case RumorProtocol.Gossip _,
                    AntiEntropyProtocol.Summary _,
                    AntiEntropyProtocol.Digest _,
                    AntiEntropyProtocol.Pull _,
                    AntiEntropyProtocol.Repair _ -> refuse(from, effects);
            case CommitProtocol.VersionNews _, CommitProtocol.Versions _ -> refuse(from, effects);
            case StateProtocol.StateBuckets _, StateProtocol.StateDigest _, StateProtocol.Entries _ ->
                refuse(from, effects);
            case LinkProtocol.Link _,
                    LinkProtocol.Leave _,
                    SuspicionProtocol.SuspectQuery _,
                    SuspicionProtocol.SuspectReply _ -> refuse(from, effects);
            case RegistrationProtocol.RegisterAck _, RegistrationProtocol.RegisterNack _ -> refuse(from, effects);
        }
    }

    private static void refuse(NodeId from, Effects effects) {
        effects.tell(new Lifecycle.Refused("a message from " + from + " that is not for seeds"));
    }

    private Part partFor(Timer timer) {
        return switch (timer) {
            case VotingProtocol.Examine _, VotingProtocol.VoteEnd _ -> registry;
            case PeerListProtocol.SyncRound _ -> sync;
            default -> throw new IllegalStateException("a seed has never asked for " + timer);
        };
    }
}
