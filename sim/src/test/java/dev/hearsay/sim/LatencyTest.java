package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long messages take, as seen from outside: from when one publishes until the other has it. */
class LatencyTest {

    private static final int RUNS = 4000;

    /** Means and medians worked out by hand; of 4,000 the mean of an exponential is within 5 % in all but one of 600 cases, and the random seeds are fixed. */
    @ParameterizedTest
    @CsvSource({
        "10ms, 10, 10, 0.0001",
        "uniform:5ms-20ms, 12.5, 12.5, 0.03",
        "exponential:10ms, 10, 6.931, 0.05",
        "lognormal:10ms:0.5, 11.331, 10, 0.04"
    })
    void messagesTakeAsLongAsTheyShould(String latency, double mean, double median, double tolerance) {
        double[] millis = new double[RUNS];
        SimulationSpecBuilder study = SimulationSpec.builder()
                .set("nodes", 2)
                .set("topology", "circular")
                .set("anti-entropy", "off")
                .set("latency", latency);
        for (int i = 0; i < RUNS; i++) {
            millis[i] = Simulation.of(study.set("random-seed", i).build()).run().value(Measure.T100);
        }
        Arrays.sort(millis);
        assertThat(Arrays.stream(millis).average().orElseThrow()).isCloseTo(mean, within(mean * tolerance));
        assertThat(millis[RUNS / 2]).isCloseTo(median, within(median * tolerance));
    }
}
