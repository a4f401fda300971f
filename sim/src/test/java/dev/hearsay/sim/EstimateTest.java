package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hearsay.core.Random64;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

    private static final int STUDIES = 4_000;

    @Test
    void theIntervalIsThatOfStudentsT() {
        // Mean 3, standard deviation √2.5, five values: 3 ± 2.776 · √0.5.
        Estimate estimate = Estimate.of(new double[] {1, 2, 3, 4, 5});
        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.low()).isCloseTo(1.0371, within(1e-3));
        assertThat(estimate.high()).isCloseTo(4.9629, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 12.706",
        "10, 2.228",
        "30, 2.042",
        "31, 2.0395",
        "40, 2.0211",
        "60, 2.0003",
        "100, 1.9840",
        "999, 1.9623"
    })
    void thePointsAreThoseOfTheTables(int degrees, double point) {
        assertThat(Estimate.studentPoint(degrees)).isCloseTo(point, within(6e-4));
    }

    @Test
    void ofOneValueThereIsNoInterval() {
        Estimate one = Estimate.of(new double[] {7, Double.NaN});
        assertThat(one.mean()).isEqualTo(7);
        assertThat(one.low()).isNaN();
        assertThat(one.high()).isNaN();
        assertThat(Estimate.of(new double[] {0.5}, 1, 1).high()).isNaN();
    }

    @Test
    void ofNothingThereIsNothing() {
        Estimate none = Estimate.of(new double[] {Double.NaN});
        assertThat(none.mean()).isNaN();
        assertThat(none.median()).isNaN();
        assertThat(none.missing()).isEqualTo(Estimate.Share.of(1, 1));
    }

    @Test
    void runsThatNeverGotThereAreCountedAndBeyondAllOthers() {
        Estimate estimate = Estimate.of(new double[] {3, Double.NaN, 1, 2, Double.NaN});
        assertThat(estimate.runs()).isEqualTo(5);
        assertThat(estimate.known()).isEqualTo(3);
        assertThat(estimate.mean()).as("of those that did").isEqualTo(2);
        assertThat(estimate.median()).as("of all").isEqualTo(3);
        assertThat(estimate.p95()).isNaN();
        assertThat(estimate.missing().share()).isEqualTo(0.4);
        assertThat(Estimate.of(new double[] {1, Double.NaN, Double.NaN}).median())
                .isNaN();
    }

    /** Wilson's interval of 64 of 100, and of none and all of them, as computed from his formula by hand. */
    @Test
    void sharesHaveWilsonsInterval() {
        Estimate.Share share = Estimate.Share.of(64, 100);
        assertThat(share.low()).isCloseTo(0.5424, within(1e-4));
        assertThat(share.high()).isCloseTo(0.7273, within(1e-4));
        assertThat(Estimate.Share.of(0, 100)).isEqualTo(new Estimate.Share(0, 0, 0.03699349876899626));
        assertThat(Estimate.Share.of(100, 100).high()).isEqualTo(1);
    }

    @Test
    void noBoundIsNegativeNorAboveWhatCanBe() {
        Estimate estimate = Estimate.of(new double[] {0, 0, 0, 1}, 1, 1);
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(1);
    }

    /** The mean of runs in which a rumor dies out now and then: the interval holds it in 94 % of studies or more, however rare that is. */
    @Test
    void intervalsHoldTheMeanWhereRumorsDieOut() {
        Random64 random = new Random64(7);
        for (int runs : new int[] {5, 20, 50, 100}) {
            for (double dying : new double[] {0.01, 0.02, 0.05, 0.1, 0.3, 0.5}) {
                double residue = dying + (1 - dying) * 0.02;
                double[] values = new double[runs];
                int held = 0;
                for (int study = 0; study < STUDIES; study++) {
                    for (int run = 0; run < runs; run++) {
                        values[run] = random.nextDouble() < dying ? 1 : 0.019 + 0.002 * random.nextDouble();
                    }
                    Estimate estimate = Estimate.of(values, 1, 1);
                    held += estimate.low() <= residue && residue <= estimate.high() ? 1 : 0;
                }
                assertThat((double) held / STUDIES)
                        .as("%d runs, %s of which die out", runs, dying)
                        .isGreaterThan(0.935);
            }
        }
    }

    /** The same of real runs, of which many small studies are drawn; the truth is the mean of them all. */
    @Test
    void intervalsHoldTheMeanOfRealRuns() {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 30)
                .set("topology", "random:4")
                .set("spread", "push:2")
                .set("loss", "30%")
                .set("anti-entropy", "off")
                .set("runs", STUDIES)
                .build();
        List<RunMeasures> all = new ArrayList<>();
        for (int run = 0; run < STUDIES; run++) {
            all.add(Simulation.of(spec.run(run)).run());
        }
        SimulationReport truth = SimulationReport.of(spec, "", all);
        Map<Measure, Integer> held = new TreeMap<>();
        Random64 random = new Random64(7);
        for (int study = 0; study < STUDIES; study++) {
            List<RunMeasures> drawn = new ArrayList<>();
            for (int run = 0; run < 20; run++) {
                drawn.add(all.get(random.nextInt(STUDIES)));
            }
            SimulationReport.of(spec, "", drawn).measures().forEach((measure, estimate) -> {
                double mean = truth.measure(measure).mean();
                held.merge(measure, estimate.low() <= mean && mean <= estimate.high() ? 1 : 0, Integer::sum);
            });
        }
        for (Measure measure : List.of(
                Measure.RESIDUE, Measure.COVERAGE, Measure.TRAFFIC, Measure.REDUNDANCY, Measure.EVENTS, Measure.T50)) {
            assertThat((double) held.getOrDefault(measure, 0) / STUDIES)
                    .as(measure.label())
                    .isGreaterThan(0.93);
        }
    }
}
