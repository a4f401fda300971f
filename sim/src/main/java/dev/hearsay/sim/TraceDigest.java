package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Timer;

/** One number for all that has happened in a run, in its order: two runs of the same digest are the same run. */
final class TraceDigest {

    private long state = 1;

    void add(long atNanos, int node, int from, Object what) {
        state = Random64.mix(state ^ atNanos) + ((long) node << 32 | (from & 0xffffffffL));
        state = Random64.mix(state ^ kind(what));
    }

    void add(Signal signal) {
        switch (signal) {
            case Signal.Delivered delivered -> add(delivered.id().a(), 16 + delivered.hops());
            case Signal.Published published -> add(published.id().a(), 15);
            case Signal.Duplicate duplicate -> add(duplicate.id().a(), -16 - duplicate.hops());
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
            default -> 17;
        };
    }

    private static int kind(Message message) {
        return switch (message) {
            case Message.Gossip gossip -> 4;
            case Message.Summary summary -> 5;
            case Message.Digest digest -> 6;
            case Message.Pull pull -> 7;
            case Message.Repair repair -> 8;
            case Message.Link link -> 9;
            case Message.Leave leave -> 10;
            case Message.Ping ping -> 11;
            case Message.Pong pong -> 12;
            default -> 18;
        };
    }

    long value() {
        return state;
    }
}
