package dev.hearsay.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalTurnsTest {

    private static final long TURN = 250;
    private static final long JOIN = 2_000;
    private static final List<NodeId> SEEDS =
            List.of(SeededFixture.seed(0), SeededFixture.seed(1), SeededFixture.seed(2));

    private static boolean isReachable(NodeId seed) {
        return true;
    }

    private static ProposalTurns of(int seed) {
        return new ProposalTurns(SEEDS.get(seed), SEEDS, TURN, JOIN);
    }

    @Test
    void eachStatementHasOneSeedThatBeginsAndEachSeedItsShare() {
        int[] begun = new int[3];
        for (int peer = 0; peer < 300; peer++) {
            Statement statement = SeededFixture.statement(peer);
            long[] waits = new long[3];
            for (int seed = 0; seed < 3; seed++) {
                waits[seed] = of(seed).waitNanos(100, 100, statement, ProposalTurnsTest::isReachable);
                begun[seed] += waits[seed] == 0 ? 1 : 0;
            }
            assertThat(waits).containsExactlyInAnyOrder(0, TURN, 2 * TURN);
        }
        for (int share : begun) {
            assertThat(share).isBetween(60, 140);
        }
    }

    @Test
    void whoIsOutOfReachIsPassedOver() {
        for (int peer = 0; peer < 30; peer++) {
            Statement statement = SeededFixture.statement(peer);
            for (int dead = 0; dead < 3; dead++) {
                NodeId unreachable = SEEDS.get(dead);
                int others = 0;
                for (int seed = 0; seed < 3; seed++) {
                    long wait = of(seed).waitNanos(0, 0, statement, other -> !other.equals(unreachable));
                    others += seed != dead && wait == 0 ? 1 : 0;
                }
                assertThat(others).isEqualTo(1);
            }
        }
    }

    @Test
    void aTurnComesAsTimePasses() {
        for (int seed = 0; seed < 3; seed++) {
            assertThat(of(seed).waitNanos(
                                    100 + 2 * TURN, 100, SeededFixture.statement(1), ProposalTurnsTest::isReachable))
                    .isZero();
        }
    }

    @Test
    void anothersVoteIsWaitedForOnceAndNotForEver() {
        Statement statement = SeededFixture.statement(1);
        ProposalTurns turns = of(0);
        turns.join(1_000, statement);
        assertThat(turns.waitNanos(1_500, 0, statement, ProposalTurnsTest::isReachable))
                .isEqualTo(JOIN - 500);
        // Called again and again, it holds nobody up for longer.
        for (long now = 1_000; now < 1_000 + 10 * JOIN; now += JOIN / 2) {
            turns.join(now, statement);
        }
        assertThat(turns.waitNanos(1_000 + JOIN, 0, statement, ProposalTurnsTest::isReachable))
                .isZero();
        // A later one is waited for again.
        turns.join(1_000 + 15 * JOIN, statement);
        assertThat(turns.waitNanos(1_000 + 15 * JOIN, 0, statement, ProposalTurnsTest::isReachable))
                .isEqualTo(JOIN);
    }

    @Test
    void aFloodOfVotesIsNotRemembered() {
        ProposalTurns turns = of(0);
        for (int peer = 0; peer < 12_000; peer++) {
            turns.join(0, SeededFixture.statement(peer));
        }
        assertThat(turns.waitNanos(TURN * 3, 0, SeededFixture.statement(9_999), ProposalTurnsTest::isReachable))
                .isPositive();
        assertThat(turns.waitNanos(TURN * 3, 0, SeededFixture.statement(10_000), ProposalTurnsTest::isReachable))
                .isZero();
        turns.join(15 * JOIN, SeededFixture.statement(10_000));
        assertThat(turns.waitNanos(15 * JOIN, 0, SeededFixture.statement(10_000), ProposalTurnsTest::isReachable))
                .isPositive();
    }
}
