package dev.hearsay.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.Signal;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.Timer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a node blames: itself first, and nobody for a slow link. */
class HeartbeatsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeId B = new NodeId("b", 1);
    private static final NodeId C = new NodeId("c", 1);
    private static final NodeId D = new NodeId("d", 1);

    private final RecordingEffects effects = new RecordingEffects();
    private boolean isAnswered = true;
    private final Heartbeats heartbeats =
            new Heartbeats(Heartbeats.Settings.DEFAULT, new TestContext(1), () -> this.isAnswered);
    private long now = 77 * SECOND;

    @BeforeEach
    void start() {
        heartbeats.hear(now, new Signal.Started(List.of(B, C, D), 0), effects);
        heartbeats.step(now, new Input.Started(), effects);
        // The first round is at a time of luck within the first interval, and has nobody to ping yet.
        round(0);
        assertThat(effects.sent).isEmpty();
    }

    private long delay() {
        return effects.delayed.getLast().delayNanos();
    }

    /** Fires the round that is due, so much too late. */
    private void round(long lateNanos) {
        Timer round = effects.timer(Timer.HeartbeatRound.class);
        now += delay() + lateNanos;
        effects.clear();
        heartbeats.step(now, new Input.Fired(round), effects);
    }

    /** A neighbour answers the ping of the last round after so long. */
    private void answer(NodeId from, long afterNanos) {
        Message.Ping ping = effects.last(Message.Ping.class);
        heartbeats.heard(now + afterNanos, from, effects);
        heartbeats.step(now + afterNanos, new Input.Received(from, new Message.Pong(ping.number())), effects);
    }

    private void answerAll() {
        for (NodeId neighbour : List.of(B, C, D)) {
            answer(neighbour, 1_000_000L);
        }
    }

    @Test
    void whoIsNoMemberBlamesNobodyForSilence() {
        isAnswered = false;
        for (int i = 0; i < 20; i++) {
            round(0);
            assertThat(effects.told).isEmpty();
        }
        isAnswered = true;
        round(0);
        assertThat(effects.told).isEmpty();
    }

    @Test
    void aHealthyNodeLooksOnceAnIntervalAndSuspectsAfterTwo() {
        round(0);
        answer(B, 1);
        round(0);
        assertThat(delay()).isEqualTo(SECOND);
        assertThat(effects.told).containsExactly(new Signal.Suspected(C, 2), new Signal.Suspected(D, 2));
    }

    @Test
    void lateTimersStretchTheIntervalUpToNineTimesAndHealthBringsItBack() {
        round(0);
        answerAll();
        for (int i = 1; i <= 12; i++) {
            round(SECOND * 6 / 10);
            answerAll();
            assertThat(delay()).isEqualTo((1 + Math.min(i, 8)) * SECOND);
        }
        for (int i = 8; i > 0; i--) {
            round(0);
            answerAll();
            assertThat(delay()).isEqualTo(i * SECOND);
        }
    }

    @Test
    void aNodeThatIsAlwaysLateStillNoticesWhoIsDeadOnlyLater() {
        round(0);
        boolean isSuspected = false;
        for (int i = 0; i < 10 && !isSuspected; i++) {
            answer(B, 1);
            answer(C, 1);
            round(3 * SECOND);
            assertThat(effects.told(Signal.Suspected.class))
                    .allMatch(suspected -> suspected.neighbour().equals(D));
            isSuspected = !effects.told.isEmpty();
        }
        assertThat(isSuspected).isTrue();
        assertThat(now).isGreaterThan(77 * SECOND + 10 * SECOND);
    }

    @Test
    void aNodeThatHearsNothingAtAllDoubtsItselfFirst() {
        round(0);
        round(0);
        assertThat(effects.told)
                .as("with answers from anybody, these would be suspected now")
                .isEmpty();
        assertThat(delay()).isEqualTo(2 * SECOND);
        round(0);
        assertThat(effects.told(Signal.Suspected.class)).hasSize(3);
        assertThat(delay()).isEqualTo(3 * SECOND);
        answerAll();
        assertThat(effects.told(Signal.Cleared.class)).hasSize(3);
        round(0);
        assertThat(delay()).isEqualTo(2 * SECOND);
    }

    @Test
    void aSingleSilentNeighbourIsNoReasonToDoubtOneself() {
        heartbeats.hear(now, new Signal.LinkDown(C, Signal.LinkLoss.REMOVED), effects);
        heartbeats.hear(now, new Signal.LinkDown(D, Signal.LinkLoss.REMOVED), effects);
        round(0);
        round(0);
        assertThat(effects.told).containsExactly(new Signal.Suspected(B, 2));
        assertThat(delay()).isEqualTo(SECOND);
    }

    /** Answers take two and a half intervals; B is known for that, C is not. */
    @Test
    void patienceWithANeighbourGrowsWithItsRoundTrips() {
        long slow = SECOND * 5 / 2;
        for (int i = 0; i < 30; i++) {
            round(0);
            answer(C, 1_000_000L);
            answer(D, 1_000_000L);
            heartbeats.step(now, new Input.Received(B, new Message.Pong(now - slow)), effects);
            heartbeats.heard(now, B, effects);
        }
        int suspectedAt = 0;
        for (int i = 1; suspectedAt == 0; i++) {
            heartbeats.heard(now, D, effects);
            round(0);
            if (i == 3) {
                assertThat(effects.told).containsExactly(new Signal.Suspected(C, 2));
            }
            suspectedAt = effects.told.contains(new Signal.Suspected(B, 4)) ? i : 0;
        }
        assertThat(suspectedAt).isEqualTo(4);
    }

    /** A neighbour that makes up when it was pinged can buy itself some patience, and no more than that. */
    @Test
    void noAnswerBuysMoreThanEightIntervals() {
        for (int i = 0; i < 200; i++) {
            heartbeats.step(now, new Input.Received(B, new Message.Pong(now - (i % 2 == 0 ? 0 : 8 * SECOND))), effects);
            heartbeats.step(now, new Input.Received(B, new Message.Pong(now - Long.MAX_VALUE / 2)), effects);
            heartbeats.step(now, new Input.Received(B, new Message.Pong(now + SECOND)), effects);
        }
        heartbeats.heard(now, B, effects);
        int rounds = 0;
        do {
            heartbeats.heard(now, C, effects);
            heartbeats.heard(now, D, effects);
            round(0);
            rounds++;
        } while (effects.told(Signal.Silent.class).isEmpty());
        assertThat(rounds).isEqualTo(5 + 8);
    }
}
