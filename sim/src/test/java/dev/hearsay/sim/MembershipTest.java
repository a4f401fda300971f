package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.MILLI;
import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static dev.hearsay.sim.SeededRun.peers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Random64;
import dev.hearsay.core.Signal;
import org.junit.jupiter.api.Test;

/** Members come, go and come back. */
class MembershipTest {

    @Test
    void fivePeersAreRegisteredWithThreeSeedsAndGossip() {
        SeededRun run = SeededRun.of(1, 3, 5, "rumors", "50", "every", "1s").run(60 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(run.peerAt(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            assertThat(run.peerAt(i).neighbours()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(run.peerAt(i).log().entries()).hasSize(50);
        }
        assertThat(run.told(Signal.Suspected.class)).isEmpty();
        assertThat(run.told(Signal.Refused.class)).isEmpty();
        assertThat(run.measure(Measure.REGISTRATION_MAX)).isPositive().isLessThan(200);
    }

    @Test
    void aCrashedPeerIsRemovedEverywhereAndTheOthersStay() {
        for (long randomSeed = 1; randomSeed <= 50; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 6, "loss", "5%").run(20 * SECOND);
            run.kill(Victims.nodes(4));
            run.run(30 * SECOND);
            for (int i = 0; i < 3; i++) {
                assertThat(run.list(i).members())
                        .as("random seed %d, seed %d", randomSeed, i)
                        .isEqualTo(peers(0, 1, 2, 3, 5));
            }
            for (int i : new int[] {0, 1, 2, 3, 5}) {
                assertThat(run.peerAt(i).members()).isEqualTo(peers(0, 1, 2, 3, 5));
                assertThat(run.peerAt(i).neighbours()).doesNotContain(peer(4));
            }
            assertThat(run.measure(Measure.DETECTION)).isBetween(2_000.0, 15_000.0);
        }
    }

    @Test
    void aPeerPausedPastItsRemovalComesBackOneIncarnationHigher() {
        SeededRun run = SeededRun.of(3, 3, 5).run(20 * SECOND);
        run.pause(2, 40 * SECOND);
        run.run(30 * SECOND);
        assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 3, 4));
        run.run(40 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            assertThat(run.list(i).incarnation(peer(2))).isEqualTo(2);
        }
        assertThat(run.measure(Measure.FALSE_REMOVALS)).isEqualTo(1);
    }

    /** Loss of one in ten and pauses shorter than the suspicion time: nobody who lives is removed. */
    @Test
    void noLivingPeerIsRemovedForBeingSlow() {
        for (long randomSeed = 1; randomSeed <= 1000; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            SeededRun run = SeededRun.of(randomSeed, 3, 8, "loss", "10%").run(10 * SECOND);
            for (int i = 0; i < 20; i++) {
                run.pause(random.nextInt(8), 1 + random.nextLong(1_900 * MILLI));
                run.run(3 * SECOND);
            }
            assertThat(run.measure(Measure.REMOVALS))
                    .as("random seed %d", randomSeed)
                    .isZero();
        }
    }

    /** The round trips of a slow link are longer than the suspicion time; once they are known, nobody is suspected. */
    @Test
    void aSlowLinkIsNoReasonToSuspectAnybody() {
        SeededRun run = SeededRun.of(5, 3, 6, "latency", "uniform:550ms-650ms").run(60 * SECOND);
        assertThat(run.list(0).members()).hasSize(6);
        run.told.clear();
        run.run(120 * SECOND);
        assertThat(run.told(Signal.Suspected.class)).isEmpty();
    }
}
