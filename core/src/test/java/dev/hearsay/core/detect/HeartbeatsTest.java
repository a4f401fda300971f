package dev.hearsay.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.Timer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a node blames: itself first, and nobody for a slow link. */
class HeartbeatsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeId B = new NodeId("b", 1);
    private static final NodeId C = new NodeId("c", 1);
    private static final NodeId D = new NodeId("d", 1);

    private final TestContext context = new TestContext(1);
    private final RecordingEffects effects = new RecordingEffects();
    private boolean isAnswered = true;
    private final Nonces nonces = new Nonces(context);
    private final Heartbeats heartbeats =
            new Heartbeats(Heartbeats.Settings.DEFAULT, context, nonces, () -> this.isAnswered);
    private long now = 77 * SECOND;

    @BeforeEach
    void start() {
        heartbeats.hear(now, new Lifecycle.Started(List.of(B, C, D), 0), effects);
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
        Timer round = effects.timer(HeartbeatProtocol.HeartbeatRound.class);
        now += delay() + lateNanos;
        effects.clear();
        heartbeats.step(now, new Input.Fired(round), effects);
    }

    /** A neighbour answers the ping of the last round after so long; if it was not pinged, it says something else. */
    private void answer(NodeId from, long afterNanos) {
        if (effects.receivers(HeartbeatProtocol.Ping.class).contains(from)) {
            HeartbeatProtocol.Pong pong = new HeartbeatProtocol.Pong(pingTo(from));
            heartbeats.step(now + afterNanos, new Input.Received(from, pong), effects);
        } else {
            heartbeats.heard(now + afterNanos, from);
        }
    }

    /** The number of the last ping to a node. */
    private long pingTo(NodeId node) {
        return effects.sent.reversed().stream()
                .filter(one -> one.to().equals(node) && one.message() instanceof HeartbeatProtocol.Ping)
                .map(one -> ((HeartbeatProtocol.Ping) one.message()).number())
                .findFirst()
                .orElseThrow();
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
        assertThat(effects.told)
                .containsExactly(new HeartbeatProtocol.Suspected(C, 2), new HeartbeatProtocol.Suspected(D, 2));
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
            assertThat(effects.told(HeartbeatProtocol.Suspected.class))
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
        assertThat(effects.told(HeartbeatProtocol.Suspected.class)).hasSize(3);
        assertThat(delay()).isEqualTo(3 * SECOND);
        answerAll();
        assertThat(effects.told(HeartbeatProtocol.Cleared.class)).hasSize(3);
        round(0);
        assertThat(delay()).isEqualTo(2 * SECOND);
    }

    @Test
    void aSingleSilentNeighbourIsNoReasonToDoubtOneself() {
        heartbeats.hear(now, new LinkProtocol.LinkDown(C, LinkProtocol.LinkLoss.REMOVED), effects);
        heartbeats.hear(now, new LinkProtocol.LinkDown(D, LinkProtocol.LinkLoss.REMOVED), effects);
        round(0);
        round(0);
        assertThat(effects.told).containsExactly(new HeartbeatProtocol.Suspected(B, 2));
        assertThat(delay()).isEqualTo(SECOND);
    }

    /** Answers of B take two and a half intervals; it is known for that, C is not. */
    @Test
    void patienceWithANeighbourGrowsWithItsRoundTrips() {
        List<Long> pings = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            round(0);
            answer(C, 1_000_000L);
            answer(D, 1_000_000L);
            pings.add(pingTo(B));
            if (i >= 3) {
                HeartbeatProtocol.Pong late = new HeartbeatProtocol.Pong(pings.get(i - 3));
                heartbeats.step(now - SECOND / 2, new Input.Received(B, late), effects);
            }
        }
        int suspectedAt = 0;
        for (int i = 1; suspectedAt == 0; i++) {
            round(0);
            answer(D, 1);
            if (i == 3) {
                assertThat(effects.told).contains(new HeartbeatProtocol.Suspected(C, 2));
            }
            suspectedAt = effects.told.contains(new HeartbeatProtocol.Suspected(B, 4)) ? i : 0;
        }
        assertThat(suspectedAt).isEqualTo(4);
    }

    // --- Signs of life carry what only the living can know -----------------------------------------------------------

    /** Somebody says what he likes in the name of B, which is dead: B is given up some rounds later than it would be. */
    @Test
    void whatIsSaidInTheNameOfTheDeadKeepsNobodyAlive() {
        int rounds = 0;
        while (effects.told(HeartbeatProtocol.Silent.class).isEmpty()) {
            round(0);
            rounds++;
            assertThat(rounds).isLessThanOrEqualTo(Heartbeats.TRUST + 6);
            answerAllBut(B);
            HeartbeatProtocol.Pong guess = new HeartbeatProtocol.Pong(now);
            for (long atNanos = 0; atNanos < SECOND; atNanos += SECOND / 10) {
                heartbeats.heard(now + atNanos, B);
                heartbeats.step(now + atNanos, new Input.Received(B, guess), effects);
                heartbeats.step(now + atNanos, new Input.Received(B, new HeartbeatProtocol.Ping(7)), effects);
            }
            assertThat(effects.told(HeartbeatProtocol.Cleared.class)).isEmpty();
        }
        assertThat(effects.told(HeartbeatProtocol.Silent.class)).containsExactly(new HeartbeatProtocol.Silent(B));
        heartbeats.hear(now, new LinkProtocol.LinkDown(B, LinkProtocol.LinkLoss.SILENT), effects);
        heartbeats.step(now, new Input.Received(B, new HeartbeatProtocol.Pong(now)), effects);
        heartbeats.step(now, new Input.Received(B, new HeartbeatProtocol.Ping(8)), effects);
        assertThat(effects.told(HeartbeatProtocol.Reappeared.class)).isEmpty();
    }

    private void answerAllBut(NodeId silent) {
        for (NodeId neighbour : List.of(B, C, D)) {
            if (!neighbour.equals(silent)) {
                answer(neighbour, 1_000_000L);
            }
        }
    }

    /** Neither the answer of another, nor one to a ping of long ago, shows that B lives. */
    @Test
    void onlyTheNumberOfItsOwnPingClearsASuspect() {
        round(0);
        long old = pingTo(B);
        for (int i = 0; i <= Nonces.ROUNDS; i++) {
            round(0);
            answerAllBut(B);
        }
        heartbeats.hear(now, new LinkProtocol.LinkDown(B, LinkProtocol.LinkLoss.SILENT), effects);
        heartbeats.hear(now, new LinkProtocol.LinkUp(B, LinkProtocol.LinkReason.ASKED), effects);
        do {
            round(0);
            answerAllBut(B);
        } while (effects.told(HeartbeatProtocol.Suspected.class).isEmpty());
        for (long wrong : List.of(old, nonces.ping(C).number(), pingTo(B) ^ 32, pingTo(B) + (1L << 40))) {
            heartbeats.step(now, new Input.Received(B, new HeartbeatProtocol.Pong(wrong)), effects);
        }
        assertThat(effects.told(HeartbeatProtocol.Cleared.class)).isEmpty();
        answer(B, 1);
        assertThat(effects.told(HeartbeatProtocol.Cleared.class)).containsExactly(new HeartbeatProtocol.Cleared(B));
    }

    /** Who says much is not pinged every round, but now and then. */
    @Test
    void trafficSparesPingsForAFewRoundsOnly() {
        int pings = 0;
        for (int i = 1; i <= 40; i++) {
            round(0);
            pings += effects.receivers(HeartbeatProtocol.Ping.class).contains(B) ? 1 : 0;
            answerAllBut(new NodeId("nobody", 1));
            for (NodeId neighbour : List.of(B, C, D)) {
                heartbeats.heard(now + SECOND / 2, neighbour);
            }
            assertThat(effects.told).isEmpty();
        }
        assertThat(pings).isBetween(40 / (Heartbeats.PROOF_AFTER + 1), 40 / Heartbeats.PROOF_AFTER);
    }

    /** Neighbours that come and are removed leave nothing: nobody is pinged that is no member. */
    @Test
    void whoIsRemovedIsForgotten() {
        for (int i = 0; i < 1_000; i++) {
            NodeId passing = new NodeId("passing", i);
            heartbeats.hear(now, new LinkProtocol.LinkUp(passing, LinkProtocol.LinkReason.ASKED), effects);
            LinkProtocol.LinkLoss loss = i % 2 == 0 ? LinkProtocol.LinkLoss.SILENT : LinkProtocol.LinkLoss.LEFT;
            heartbeats.hear(now, new LinkProtocol.LinkDown(passing, loss), effects);
            heartbeats.hear(
                    now,
                    i % 4 < 2
                            ? new MembershipProtocol.MemberRemoved(passing, 1)
                            : new MembershipProtocol.MemberDismissed(passing),
                    effects);
        }
        for (int i = 0; i < 40; i++) {
            round(0);
            assertThat(effects.receivers(HeartbeatProtocol.Ping.class))
                    .allMatch(pinged -> !pinged.host().equals("passing"));
            answerAllBut(new NodeId("nobody", 1));
        }
    }
}
