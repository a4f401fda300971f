package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise of the whole project: whatever goes wrong, once it stops going wrong every accepted message comes to every live
 * node, and no invariant is broken on the way. What goes wrong is drawn by {@link RandomStudy}; what is checked, by {@link DeliveryChecker}
 * after every event and by {@link ConvergenceChecker} at the end. A failure names its random seed and the command that replays it.
 */
class ConvergenceTest {

    private static final int STUDIES_PER_BLOCK = 1000;

    /** Four thousand random seeds; in blocks, to see how far it has come. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 2000, 3000})
    void everyAcceptedMessageComesToEveryLiveNode(int firstRandomSeed) {
        for (int i = 0; i < STUDIES_PER_BLOCK; i++) {
            Simulation.of(RandomStudy.of(firstRandomSeed + i)).run();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 100, 150})
    void alsoInLargerNetworks(int firstRandomSeed) {
        for (int i = 0; i < STUDIES_PER_BLOCK / 20; i++) {
            Simulation.of(RandomStudy.large(firstRandomSeed + i)).run();
        }
    }

    /** Nothing is ever healed here: what is lost stays lost, and anti-entropy must do with what gets through. */
    @ParameterizedTest
    @ValueSource(strings = {"flood", "push:1", "push:3"})
    void alsoWhileTheNetworkGoesOnLosingAThird(String spread) {
        for (int randomSeed = 0; randomSeed < 40; randomSeed++) {
            SimulationSpec spec = SimulationSpec.builder()
                    .set("nodes", 40)
                    .set("topology", "random:4")
                    .set("spread", spread)
                    .set("rumors", 5)
                    .set("loss", "33%")
                    .set("duplicate", "10%")
                    .set("latency", "exponential:20ms")
                    .set("heartbeats", "1s")
                    .set("random-seed", randomSeed)
                    .build();
            RunMeasures measures = Simulation.of(spec).run();
            assertThat(measures.value(Measure.COVERAGE)).as(spec.command()).isEqualTo(1);
            assertThat(measures.simulatedNanos()).as(spec.command()).isLessThan(60_000_000_000L);
        }
    }
}
