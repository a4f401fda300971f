package dev.hearsay.sim;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.VotingProtocol;

/** One number for all that has happened in a run, in its order: two runs of the same digest are the same run. */
final class TraceDigest {

    private long state = 1;

    void add(long atNanos, int node, int from, Object what) {
        state = Random64.mix(state ^ atNanos) + ((long) node << 32 | (from & 0xffffffffL));
        state = Random64.mix(state ^ kind(what));
    }

    void add(Event event) {
        if (event instanceof RumorProtocol.Events rumor) {
            switch (rumor) {
                case RumorProtocol.Delivered delivered -> add(delivered.id().a(), 16 + delivered.hops());
                case RumorProtocol.Published published -> add(published.id().a(), 15);
                case RumorProtocol.Duplicate duplicate -> add(duplicate.id().a(), -16 - duplicate.hops());
                case RumorProtocol.Relayed _, RumorProtocol.Forgotten _, RumorProtocol.Converged _ -> add(0, 14);
            }
        } else {
            add(0, 14);
        }
    }

    private void add(long content, int kind) {
        state = Random64.mix(state ^ content) + kind;
    }

    private static int kind(Object what) {
        return switch (what) {
            case Message message -> kind(message);
            case Timer timer -> kind(timer);
            default -> 13;
        };
    }

    private static int kind(Timer timer) {
        return switch (timer) {
            case AntiEntropyProtocol.AntiEntropyRound round -> 1;
            case HeartbeatProtocol.HeartbeatRound round -> 2;
            case RumorProtocol.Relay relay -> 3;
            case VotingProtocol.Examine examine -> 17;
            case VotingProtocol.VoteEnd end -> 18;
            case PeerListProtocol.SyncRound round -> 19;
            case RegistrationProtocol.Apply apply -> 20;
            case PeerListProtocol.Refresh refresh -> 21;
            case SuspicionProtocol.SuspicionTimeout end -> 22;
            case DeclarationProtocol.DeclareRound declare -> 23;
            case SuspicionProtocol.Probe probe -> -1;
            case GeneratorProtocol.Generate generate -> 24;
            case CommitProtocol.ReportRound round -> -2;
        };
    }

    private static int kind(Message message) {
        return switch (message) {
            case RumorProtocol.Gossip gossip -> 4;
            case AntiEntropyProtocol.Summary summary -> 5;
            case AntiEntropyProtocol.Digest digest -> 6;
            case AntiEntropyProtocol.Pull pull -> 7;
            case AntiEntropyProtocol.Repair repair -> 8;
            case CommitProtocol.VersionNews news -> -7;
            case CommitProtocol.Versions versions -> -3;
            case StateProtocol.StateBuckets buckets -> -4;
            case StateProtocol.StateDigest digest -> -5;
            case StateProtocol.Entries entries -> -6;
            case LinkProtocol.Link link -> 9;
            case LinkProtocol.Leave leave -> 10;
            case HeartbeatProtocol.Ping ping -> 11;
            case HeartbeatProtocol.Pong pong -> 12;
            case DeclarationProtocol.Declare declare -> 25;
            case SuspicionProtocol.SuspectQuery query -> 26;
            case SuspicionProtocol.SuspectReply reply -> reply.confirmation() == null ? 27 : 28;
            case RegistrationProtocol.RegisterRequest request -> 29;
            case RegistrationProtocol.RegisterAck ack -> 30;
            case RegistrationProtocol.RegisterNack nack -> 31;
            case VotingProtocol.ProposeRegister proposal -> 32;
            case VotingProtocol.ProposeRemove proposal -> 33;
            case VotingProtocol.Vote vote -> vote.yes() == null ? 34 : 35;
            case RemovalProtocol.DeadNodeReport report -> 36;
            case RemovalProtocol.RemovalNotify removal -> 37;
            case PeerListProtocol.Sync sync -> 38;
            case PeerListProtocol.PeerListRequest request -> 39;
            case PeerListProtocol.PeerList list -> 40 + list.certificates().size();
        };
    }

    long value() {
        return state;
    }
}
