package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Once everything is healed all live nodes have the same entries, whoever wrote and deleted what on which side of which cut, with clocks days apart. */
class StateConvergenceTest {

    private static final int STUDIES_PER_BLOCK = 500;

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1000})
    void replicasAreEqualAfterHeal(int firstRandomSeed) {
        for (int i = 0; i < STUDIES_PER_BLOCK; i++) {
            Simulation.of(RandomStudy.publishing("entries", firstRandomSeed + i))
                    .run();
        }
    }

    @Test
    void anAcknowledgedWriteIsNotLostByACrash() {
        for (int randomSeed = 0; randomSeed < 100; randomSeed++) {
            Simulation simulation = Simulation.of(SimulationSpec.builder()
                    .set("nodes", 3)
                    .set("topology", "full")
                    .set("publish", "entries")
                    .set("publisher", 1)
                    .set("rumors", 4)
                    .set("loss", "100%")
                    .set("disk", "5ms")
                    .set("crash", "1@2s+1s")
                    .set("heal", "5s")
                    .set("random-seed", randomSeed)
                    .build());
            simulation.run();
            assertThat(simulation.hosts().node(2).state().entries())
                    .as("random seed %d", randomSeed)
                    .isNotEmpty();
        }
    }
}
