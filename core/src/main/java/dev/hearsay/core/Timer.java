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
}
