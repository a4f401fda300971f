package dev.hearsay.live.recording;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Command;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * About how many bytes something takes of the heap beyond what its entry is counted with: payloads, texts, and whatever there can be many of. Counted on the path of
 * every message, so nothing is allocated for it.
 */
final class Sizes {

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

    static long of(Message message) {
        return switch (message) {
            case Message.Gossip(RelayedRumor carried) -> of(carried);
            case Message.Digest(var holdings, var _, var hashes, var _) ->
                sum(holdings, holding -> ITEM + of(holding.seen()) + of(holding.gone())) + NUMBER * hashes.size();
            case Message.Pull(var wants) -> sum(wants, want -> ITEM + of(want.numbers()));
            case Message.Repair(var rumors, boolean _) -> sum(rumors, carried -> 2 * ITEM + of(carried));
            case Message.VersionNews news ->
                sum(news.tallies(), tally -> ITEM + of(tally.versions()) + of(tally.positions()));
            case Message.Versions(var reports, boolean _) ->
                sum(reports, report -> 2 * ITEM + of(report.versions()) + addresses(report.members()));
            case Message.StateBuckets(var hashes) -> NUMBER * hashes.size();
            case Message.StateDigest(long _, String _, String _, var stamps) ->
                sum(stamps, stamped -> ITEM + text(stamped.key()));
            case Message.Entries(var entries, var wants, boolean _) ->
                sum(entries, Sizes::of) + sum(wants, Sizes::text);
            case Message.Link(var neighbours, boolean _, boolean _) -> addresses(neighbours);
            case Message.Summary _, Message.Leave _, Message.Ping _, Message.Pong _ -> 0;
            case Message.SuspectQuery _, Message.SuspectReply _, Message.PeerListRequest _, Message.Sync _ -> ITEM;
            case Message.RegisterRequest request -> of(request);
            case Message.ProposeRegister(Message.RegisterRequest request) -> of(request);
            case Message.Vote vote -> ITEM + SIGNATURE + text(vote.reason());
            case Message.RegisterAck ack -> of(ack.certificate());
            case Message.RegisterNack nack -> ITEM + text(nack.reason());
            case Message.PeerList list -> sum(list.certificates(), Sizes::of);
            case Message.Declare(Declaration declaration) -> of(declaration);
            case Message.DeadNodeReport report -> of(report);
            case Message.ProposeRemove(Message.DeadNodeReport report) -> of(report);
            case Message.RemovalNotify(Certificate certificate) -> of(certificate);
        };
    }

    static long of(Event event) {
        return switch (event) {
            case Event.Started(var neighbours, int _) -> references(neighbours);
            case Event.Delivered delivered -> references(delivered.path());
            case Event.Relayed(var _, var to, int _) -> references(to);
            case Event.Refused(String reason) -> text(reason);
            case Event.FaultBegan began -> text(began.what());
            case Event.FaultEnded ended -> text(ended.reason());
            case Event.Committed(Ranges versions, int _) -> of(versions);
            case Event.Written written -> text(written.key());
            case Event.EntryReceived received -> text(received.key());
            case Event.SeedStarted(int _, int _, var members) -> references(members);
            case Event.Reported reported -> text(reported.text()) + references(reported.confirmed());
            case Event.Voted voted -> text(voted.reason());
            case Event.VoteReceived received -> text(received.reason());
            case Event.Decided decided -> text(decided.reason());
            case Event.ListChanged(var _, var members) -> references(members);
            case Event.Applied(var _, var seeds, int _) -> references(seeds);
            case Event.SeedsAnswered(var seeds, int _) -> references(seeds);
            case Event.NotRegistered(String reason, long _) -> text(reason);
            case Event.NeighboursDrawn(var neighbours) -> references(neighbours);
            case Event.Generated(int _, String text) -> text(text);
            case Event.DeadNodeReported(String text, int _) -> text(text);
            case Event.Departed _, Event.Stopped _, Event.Published _, Event.Duplicate _, Event.Forgotten _ -> 0;
            case Event.Differed _, Event.OwnLost _, Event.Converged _, Event.Overflowed _, Event.Proposed _ -> 0;
            case Event.MemberAdded _, Event.MemberDismissed _, Event.MemberRemoved _, Event.SuspicionDecided _ -> 0;
            case Event.LinkUp _, Event.LinkDown _, Event.Suspected _, Event.Cleared _, Event.Silent _ -> 0;
            case Event.Reappeared _, Event.KeyLearnt _, Event.Registered _, Event.PeerListReceived _ -> 0;
            case Event.SeedsWithoutQuorum _, Event.SeedsWithQuorum _ -> 0;
        };
    }

    /** Of facts that no entry stands for. */
    static long of(List<Fact> facts) {
        return sum(facts, fact -> ITEM + of(fact));
    }

    private static long of(Fact fact) {
        return switch (fact) {
            case Fact.Accepted(RelayedRumor carried) -> of(carried);
            case Fact.Heard heard -> of(heard.carried());
            case Fact.Kept kept -> of(kept.carried());
            case Fact.Shortened(var _, int _, var path) -> references(path);
            case Fact.Read(var ids) -> ID * ids.size();
            case Fact.Forgot(var _, long _, Ranges seen) -> of(seen);
            case Fact.Wrote wrote -> of(wrote.entry()) + (wrote.previous() == null ? 0 : of(wrote.previous()));
            case Fact.Learnt(Entry entry, long _) -> of(entry);
            case Fact.Dropped(String key) -> text(key);
            case Fact.Certified(Certificate certificate) -> of(certificate);
            case Fact.Began _, Fact.Admitted _, Fact.Dismissed _, Fact.VotedYes _, Fact.Applied _, Fact.Pinned _ -> 0;
        };
    }

    private static long of(Message.RegisterRequest request) {
        return ITEM + SIGNATURE + text(request.secret());
    }

    private static long of(Message.DeadNodeReport report) {
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
