package dev.hearsay.core;

import java.util.Objects;

/**
 * Timers are data: a part hands one out and gets it back when it is due. None is ever cancelled; a part that no longer
 * wants one has moved on to the next generation, and ignores what comes of an earlier one.
 */
public sealed interface Timer {

    /** Compare what we have with a partner (anti-entropy), and forget what is over-age. */
    record AntiEntropyRound(long generation) implements Timer {}

    /** Ping the neighbours that have been silent, and count the silences. */
    record HeartbeatRound(long generation) implements Timer {}

    /**
     * Pass a rumor on once more.
     *
     * @param id the rumor
     * @param round which repetition, 2 for the first one after the initial relay
     */
    record Relay(RumorId id, int round) implements Timer {
        public Relay {
            Objects.requireNonNull(id, "id");
        }
    }

    /** Tell the neighbours which versions who has, as far as that is news. */
    record ReportRound(long generation) implements Timer {}

    /** A seed's examination of a peer: the ping was not answered yet. */
    record Examine(Statement statement, int attempt) implements Timer {
        public Examine {
            Objects.requireNonNull(statement, "statement");
        }
    }

    /** A seed has waited long enough for another to call this vote; or the votes on it have had their time. */
    record VoteEnd(Statement statement, long generation) implements Timer {
        public VoteEnd {
            Objects.requireNonNull(statement, "statement");
        }
    }

    /** Ask the other seeds what has changed, and see how many there are to ask. */
    record SyncRound(long generation) implements Timer {}

    /** Ask seeds to be registered, again. */
    record Apply(long generation) implements Timer {}

    /** Ask a seed what has changed in its Peer List. */
    record Refresh(long generation) implements Timer {}

    /** The witnesses of a silent peer have had their time. */
    record SuspicionTimeout(Statement registration, long generation) implements Timer {
        public SuspicionTimeout {
            Objects.requireNonNull(registration, "registration");
        }
    }

    /** Look at a member that is nobody's neighbour here. */
    record Probe(long generation) implements Timer {}

    /** Tell neighbours and seeds whom this peer is linked to. */
    record Declare(long generation) implements Timer {}

    /** Publish generated message {@code number}. */
    record Generate(int number) implements Timer {}
}
