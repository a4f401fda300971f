package dev.hearsay.sim;

import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Timer;

/** One number for all that has happened in a run, in its order: two runs of the same digest are the same run. */
final class TraceDigest {

    private long state = 1;

    void add(long atNanos, int node, int from, Object what) {
        state = Random64.mix(state ^ atNanos) + ((long) node << 32 | (from & 0xffffffffL));
        state = Random64.mix(state ^ kind(what));
    }

    void add(Event event) {
        switch (event) {
            case Event.Delivered delivered -> add(delivered.id().a(), 16 + delivered.hops());
            case Event.Published published -> add(published.id().a(), 15);
            case Event.Duplicate duplicate -> add(duplicate.id().a(), -16 - duplicate.hops());
            default -> add(0, 14);
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
            case Timer.AntiEntropyRound round -> 1;
            case Timer.HeartbeatRound round -> 2;
            case Timer.Relay relay -> 3;
            case Timer.Examine examine -> 17;
            case Timer.VoteEnd end -> 18;
            case Timer.SyncRound round -> 19;
            case Timer.Apply apply -> 20;
            case Timer.Refresh refresh -> 21;
            case Timer.SuspicionTimeout end -> 22;
            case Timer.Declare declare -> 23;
            case Timer.Probe probe -> -1;
            case Timer.Generate generate -> 24;
            case Timer.ReportRound round -> -2;
        };
    }

    private static int kind(Message message) {
        return switch (message) {
            case Message.Gossip gossip -> 4;
            case Message.Summary summary -> 5;
            case Message.Digest digest -> 6;
            case Message.Pull pull -> 7;
            case Message.Repair repair -> 8;
            case Message.VersionNews news -> -7;
            case Message.Versions versions -> -3;
            case Message.StateBuckets buckets -> -4;
            case Message.StateDigest digest -> -5;
            case Message.Entries entries -> -6;
            case Message.Link link -> 9;
            case Message.Leave leave -> 10;
            case Message.Ping ping -> 11;
            case Message.Pong pong -> 12;
            case Message.Declare declare -> 25;
            case Message.SuspectQuery query -> 26;
            case Message.SuspectReply reply -> reply.confirmation() == null ? 27 : 28;
            case Message.RegisterRequest request -> 29;
            case Message.RegisterAck ack -> 30;
            case Message.RegisterNack nack -> 31;
            case Message.ProposeRegister proposal -> 32;
            case Message.ProposeRemove proposal -> 33;
            case Message.Vote vote -> vote.yes() == null ? 34 : 35;
            case Message.DeadNodeReport report -> 36;
            case Message.RemovalNotify removal -> 37;
            case Message.Sync sync -> 38;
            case Message.PeerListRequest request -> 39;
            case Message.PeerList list -> 40 + list.certificates().size();
        };
    }

    long value() {
        return state;
    }
}
