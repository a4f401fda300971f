package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.sim.queue.HeapQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise of membership: whatever goes wrong with seeds and peers, no two certified lists ever conflict, nobody who can be reached is removed, and
 * once it stops going wrong all lists are the same and hold exactly those who live. What goes wrong is drawn by {@link SeededStudy}; what is
 * checked, by {@link MembershipChecker} after every event and by {@link PeerListChecker} at the end.
 */
class SeededConvergenceTest {

    private static final int STUDIES_PER_BLOCK = 250;

    /** In blocks, to see how far it has come. */
    @ParameterizedTest
    @ValueSource(ints = {0, 250, 500, 750})
    void allListsComeToAgreeOnWhoLives(int firstRandomSeed) {
        for (int i = 0; i < STUDIES_PER_BLOCK; i++) {
            Simulation.of(SeededStudy.of(firstRandomSeed + i)).run();
        }
    }

    @Test
    void oneRandomSeedDecidesEverythingWhateverTheQueue() {
        for (int randomSeed = 0; randomSeed < 30; randomSeed++) {
            SimulationSpec spec = SeededStudy.of(randomSeed);
            Simulation one = Simulation.of(spec);
            Simulation other = Simulation.of(spec, new HeapQueue(), Observer.NONE);
            assertThat(one.run()).isEqualTo(other.run());
            assertThat(one.digest()).as(spec.command()).isEqualTo(other.digest());
            assertThat(SimulationSpecBuilder.parse(spec.command())).isEqualTo(spec);
        }
    }
}
