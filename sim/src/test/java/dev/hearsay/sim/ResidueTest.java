package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The residue is that of eager spreading alone, whether anti-entropy runs beside it or not. Without it that is simply who has not got the rumor in the end, which is counted here; with it,
 * the mean must be the same.
 */
class ResidueTest {

    private static final int RUNS = 150;
    private static final int NODES = 60;

    private record Mean(double value, double variance) {}

    /** Latencies are long, so that anti-entropy is often quicker. */
    @ParameterizedTest
    @CsvSource({
        "circular, push:1, 0%, 1,",
        "circular, push:2, 0%, 1,",
        "circular, flood, 5%, 1,",
        "random:4, push:1, 0%, 1,",
        "random:4, push:2, 0%, 1,",
        "random:4, push:1, 10%, 2,",
        "random:4, flood, 30%, 1,",
        "powerlaw:1:2, push:2, 5%, 1,",
        "full, push:2, 0%, 1,",
        "random:4, flood, 0%, 1, crash=30%@300ms+500ms:no-disk",
        "random:4, push:2, 10%, 1, crash=30%@150ms+500ms:no-disk",
        "random:4, push:2, 0%, 1, partition=50%@100ms+300ms",
        "random:4, push:2, 10%, 1, disk=50ms"
    })
    void isTheSameWithAntiEntropyAndWithout(
            String topology, String spread, String loss, int relays, @Nullable String more) {
        SimulationSpecBuilder study = SimulationSpec.builder()
                .set("nodes", NODES)
                .set("topology", topology)
                .set("spread", spread)
                .set("loss", loss)
                .set("relays", relays)
                .set("latency", "exponential:60ms");
        if (more != null) {
            study.set(more.substring(0, more.indexOf('=')), more.substring(more.indexOf('=') + 1));
        }
        Mean alone = mean(study.set("anti-entropy", "off"), 0, false);
        Mean beside = mean(study.set("anti-entropy", "1s"), RUNS, true);
        double deviation = Math.sqrt(alone.variance + beside.variance);
        assertThat(Math.abs(beside.value - alone.value))
                .as("%s beside anti-entropy, %s alone", beside, alone)
                .isLessThanOrEqualTo(4 * deviation + 1e-12);
    }

    private static Mean mean(SimulationSpecBuilder study, int firstRandomSeed, boolean isAsMeasured) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < RUNS; i++) {
            Simulation simulation =
                    Simulation.of(study.set("random-seed", firstRandomSeed + i).build());
            RunMeasures measures = simulation.run();
            double residue = isAsMeasured ? measures.value(Measure.RESIDUE) : shareWithout(simulation);
            sum += residue;
            squares += residue * residue;
        }
        double mean = sum / RUNS;
        return new Mean(mean, (squares / RUNS - mean * mean) / RUNS);
    }

    private static double shareWithout(Simulation simulation) {
        int without = 0;
        for (int node = 0; node < NODES; node++) {
            without += simulation.hosts().node(node).log().entries().isEmpty() ? 1 : 0;
        }
        return (double) without / NODES;
    }
}
