package dev.hearsay.live.recording;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.Command;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * About how many bytes something takes of the heap beyond what its entry is counted with: payloads, texts, and whatever there can be many of. Counted on the path of
 * every message, so nothing is allocated for it.
 */
public final class Sizes {

    private static final long REFERENCE = 8;
    private static final long NUMBER = 24;

    /** Of an address in a list of them. Those of a path are few, and shared. */
    private static final long ADDRESS = 80;

    private static final long ID = 48;
    private static final long TEXT = 56;
    private static final long RANGE = 16;
    private static final long SIGNATURE = 96;

    /** What holds one of the things in a list together: its record, and the small ones that this refers to. */
    private static final long ITEM = 100;

    private Sizes() {}

    static long of(Input input) {
        return switch (input) {
            case Input.Received(var _, Message message) -> of(message);
            case Input.Asked(Command command) -> of(command);
            case Input.Unsaved(Fact fact) -> of(fact);
            case Input.Started _, Input.Fired _ -> 0;
        };
    }

    private static long of(Command command) {
        return switch (command) {
            case Command.Publish(byte[] payload, int _) -> payload.length;
            case Command.Put(String key, byte[] value) -> key.length() + value.length;
            case Command.Delete(String key) -> key.length();
            case Command.MarkRead(var ids) -> ID * ids.size();
            case Command.PublishVersion _, Command.Admit _, Command.Dismiss _, Command.Depart _ -> 0;
        };
    }

    public static long of(Message message) {
        return switch (message) {
            case RumorProtocol.Gossip(RelayedRumor carried) -> of(carried);
            case AntiEntropyProtocol.Digest(var holdings, var _, var hashes, var _) ->
                sum(holdings, holding -> ITEM + of(holding.seen()) + of(holding.gone())) + NUMBER * hashes.size();
            case AntiEntropyProtocol.Pull(var wants) -> sum(wants, want -> ITEM + of(want.numbers()));
            case AntiEntropyProtocol.Repair(var rumors, boolean _) -> sum(rumors, carried -> 2 * ITEM + of(carried));
            case CommitProtocol.VersionNews news ->
                sum(news.tallies(), tally -> ITEM + of(tally.versions()) + of(tally.positions()));
            case CommitProtocol.Versions(var reports, boolean _) ->
                sum(reports, report -> 2 * ITEM + of(report.versions()) + addresses(report.members()));
            case StateProtocol.StateBuckets(var hashes) -> NUMBER * hashes.size();
            case StateProtocol.StateDigest(long _, String _, String _, var stamps) ->
                sum(stamps, stamped -> ITEM + text(stamped.key()));
            case StateProtocol.Entries(var entries, var wants, boolean _) ->
                sum(entries, Sizes::of) + sum(wants, Sizes::text);
            case LinkProtocol.Link(var neighbours, boolean _, boolean _) -> addresses(neighbours);
            case AntiEntropyProtocol.Summary _,
                    LinkProtocol.Leave _,
                    HeartbeatProtocol.Ping _,
                    HeartbeatProtocol.Pong _ -> 0;
            case SuspicionProtocol.SuspectQuery _,
                    SuspicionProtocol.SuspectReply _,
                    PeerListProtocol.PeerListRequest _,
                    PeerListProtocol.Sync _ -> ITEM;
            case RegistrationProtocol.RegisterRequest request -> of(request);
            case VotingProtocol.ProposeRegister(RegistrationProtocol.RegisterRequest request) -> of(request);
            case VotingProtocol.Vote vote -> ITEM + SIGNATURE + text(vote.reason());
            case RegistrationProtocol.RegisterAck ack -> of(ack.certificate());
            case RegistrationProtocol.RegisterNack nack -> ITEM + text(nack.reason());
            case PeerListProtocol.PeerList list -> sum(list.certificates(), Sizes::of);
            case DeclarationProtocol.Declare(Declaration declaration) -> of(declaration);
            case RemovalProtocol.DeadNodeReport report -> of(report);
            case VotingProtocol.ProposeRemove(RemovalProtocol.DeadNodeReport report) -> of(report);
            case RemovalProtocol.RemovalNotify(Certificate certificate) -> of(certificate);
        };
    }

    static long of(Event event) {
        return switch (event) {
            case Lifecycle.Started(var neighbours, int _) -> references(neighbours);
            case RumorProtocol.Delivered delivered -> references(delivered.path());
            case RumorProtocol.Relayed(var _, var to, int _) -> references(to);
            case Lifecycle.Refused(String reason) -> text(reason);
            case Lifecycle.FaultBegan began -> text(began.what());
            case Lifecycle.FaultEnded ended -> text(ended.reason());
            case CommitProtocol.Committed(Ranges versions, int _) -> of(versions);
            case StateProtocol.Written written -> text(written.key());
            case StateProtocol.EntryReceived received -> text(received.key());
            case Lifecycle.SeedStarted(int _, int _, var members) -> references(members);
            case RemovalProtocol.Reported reported -> text(reported.text()) + references(reported.confirmed());
            case VotingProtocol.Voted voted -> text(voted.reason());
            case VotingProtocol.VoteReceived received -> text(received.reason());
            case VotingProtocol.Decided decided -> text(decided.reason());
            case PeerListProtocol.ListChanged(var _, var members) -> references(members);
            case RegistrationProtocol.Applied(var _, var seeds, int _) -> references(seeds);
            case RegistrationProtocol.SeedsAnswered(var seeds, int _) -> references(seeds);
            case RegistrationProtocol.NotRegistered(String reason, long _) -> text(reason);
            case LinkProtocol.NeighboursDrawn(var neighbours) -> references(neighbours);
            case GeneratorProtocol.Generated(int _, String text) -> text(text);
            case SuspicionProtocol.DeadNodeReported(String text, int _) -> text(text);
            case Lifecycle.Departed _,
                    Lifecycle.Stopped _,
                    RumorProtocol.Published _,
                    RumorProtocol.Duplicate _,
                    RumorProtocol.Forgotten _ -> 0;
            case AntiEntropyProtocol.Differed _,
                    AntiEntropyProtocol.OwnLost _,
                    RumorProtocol.Converged _,
                    Lifecycle.Overflowed _,
                    VotingProtocol.Proposed _ -> 0;
            case MembershipProtocol.MemberAdded _,
                    MembershipProtocol.MemberDismissed _,
                    MembershipProtocol.MemberRemoved _,
                    SuspicionProtocol.SuspicionDecided _ -> 0;
            case LinkProtocol.LinkUp _,
                    LinkProtocol.LinkDown _,
                    HeartbeatProtocol.Suspected _,
                    HeartbeatProtocol.Cleared _,
                    HeartbeatProtocol.Silent _ -> 0;
            case HeartbeatProtocol.Reappeared _,
                    PeerListProtocol.KeyLearnt _,
                    RegistrationProtocol.Registered _,
                    PeerListProtocol.PeerListReceived _ -> 0;
            case PeerListProtocol.SeedsWithoutQuorum _, PeerListProtocol.SeedsWithQuorum _ -> 0;
        };
    }

    /** Of facts that no entry stands for. */
    public static long of(List<Fact> facts) {
        return sum(facts, fact -> ITEM + of(fact));
    }

    private static long of(Fact fact) {
        return switch (fact) {
            case RumorProtocol.Accepted(RelayedRumor carried) -> of(carried);
            case RumorProtocol.Heard heard -> of(heard.carried());
            case RumorProtocol.Kept kept -> of(kept.carried());
            case RumorProtocol.Shortened(var _, int _, var path) -> references(path);
            case RumorProtocol.Read(var ids) -> ID * ids.size();
            case RumorProtocol.Forgot(var _, long _, Ranges seen) -> of(seen);
            case StateProtocol.Wrote wrote -> of(wrote.entry()) + (wrote.previous() == null ? 0 : of(wrote.previous()));
            case StateProtocol.Learnt(Entry entry, long _) -> of(entry);
            case StateProtocol.Dropped(String key) -> text(key);
            case PeerListProtocol.Certified(Certificate certificate) -> of(certificate);
            case RumorProtocol.Began _,
                    MembershipProtocol.Admitted _,
                    MembershipProtocol.Dismissed _,
                    VotingProtocol.VotedYes _,
                    RegistrationProtocol.AppliedAs _,
                    PeerListProtocol.Pinned _ -> 0;
        };
    }

    private static long of(RegistrationProtocol.RegisterRequest request) {
        return ITEM + SIGNATURE + text(request.secret());
    }

    private static long of(RemovalProtocol.DeadNodeReport report) {
        return ITEM
                + text(report.text())
                + (report.declaration() == null ? 0 : of(report.declaration()))
                + SIGNATURE * report.confirmations().size();
    }

    private static long of(Declaration declaration) {
        return ITEM + SIGNATURE + addresses(declaration.neighbours());
    }

    private static long of(Certificate certificate) {
        return ITEM + (ITEM + SIGNATURE) * certificate.votes().size();
    }

    private static long of(RelayedRumor carried) {
        return carried.rumor().content().length + references(carried.path());
    }

    private static long of(Entry entry) {
        byte[] value = entry.content();
        return ITEM + text(entry.key()) + (value == null ? 0 : value.length);
    }

    private static long of(Ranges ranges) {
        return RANGE * ranges.size();
    }

    private static long text(String text) {
        return TEXT + text.length();
    }

    private static long references(List<NodeId> nodes) {
        return REFERENCE * nodes.size();
    }

    private static long addresses(List<NodeId> nodes) {
        return ADDRESS * nodes.size();
    }

    private static <T> long sum(List<T> things, ToLongFunction<T> size) {
        long bytes = 0;
        for (int i = 0; i < things.size(); i++) {
            bytes += size.applyAsLong(things.get(i));
        }
        return bytes;
    }
}
