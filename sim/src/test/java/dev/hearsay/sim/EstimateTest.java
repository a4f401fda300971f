package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hearsay.core.Random64;
import dev.hearsay.sim.Estimate.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

    private static final int STUDIES = 4_000;
    private static final int LIVES = 1_000;

    @Test
    void theIntervalIsThatOfStudentsT() {
        // Mean 3, standard deviation √2.5, five values: 3 ± 2.776 · √0.5.
        Estimate estimate = Estimate.of(new double[] {1, 2, 3, 4, 5}, Kind.ALIKE);
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
        Estimate one = Estimate.of(new double[] {7, Double.NaN}, Kind.ALIKE);
        assertThat(one.mean()).isEqualTo(7);
        assertThat(one.low()).isNaN();
        assertThat(one.high()).isNaN();
        assertThat(Estimate.of(new double[] {0.5}, Kind.SHARES).high()).isNaN();
    }

    @Test
    void ofNothingThereIsNothing() {
        Estimate none = Estimate.of(new double[] {Double.NaN}, Kind.ALIKE);
        assertThat(none.mean()).isNaN();
        assertThat(none.median()).isNaN();
        assertThat(none.missing()).isEqualTo(Estimate.Share.of(1, 1));
    }

    @Test
    void runsThatNeverGotThereAreCountedAndBeyondAllOthers() {
        Estimate estimate = Estimate.of(new double[] {3, Double.NaN, 1, 2, Double.NaN}, Kind.ALIKE);
        assertThat(estimate.runs()).isEqualTo(5);
        assertThat(estimate.known()).isEqualTo(3);
        assertThat(estimate.mean()).as("of those that did").isEqualTo(2);
        assertThat(estimate.median()).as("of all").isEqualTo(3);
        assertThat(estimate.p95()).isNaN();
        assertThat(estimate.missing().share()).isEqualTo(0.4);
        assertThat(Estimate.of(new double[] {1, Double.NaN, Double.NaN}, Kind.ALIKE)
                        .median())
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
        Estimate estimate = Estimate.of(new double[] {0, 0, 0, 1}, Kind.SHARES);
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(1);
        Estimate dead = Estimate.of(new double[] {1, 1, 1, 1, 1}, Kind.SHARES);
        assertThat(dead.low()).as("five runs do not show that all die out").isLessThan(0.5);
        assertThat(dead.high()).isEqualTo(1);
    }

    /** Ranks as in the tables of the sign test. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "5, 0",
        "6, 1",
        "8, 1",
        "9, 2",
        "10, 2",
        "20, 6",
        "25, 8",
        "50, 18",
        "100, 40",
        "2000, 956"
    })
    void theRanksAboutTheMedianAreThoseOfTheTables(int count, int rank) {
        assertThat(Estimate.medianRank(count)).isEqualTo(rank);
    }

    @Test
    void theMedianHasAnIntervalFromSixRunsOn() {
        Estimate six = Estimate.of(new double[] {6, 2, 3, 1, 5, 400}, Kind.MIXED);
        assertThat(six.medianLow()).isEqualTo(1);
        assertThat(six.medianHigh()).isEqualTo(400);
        assertThat(six.low()).as("of the mean nothing is known").isNaN();
        Estimate missing = Estimate.of(new double[] {6, 2, 3, 1, 5, Double.NaN}, Kind.MIXED);
        assertThat(missing.medianLow()).isEqualTo(1);
        assertThat(missing.medianHigh()).as("beyond all others").isNaN();
        assertThat(Estimate.of(new double[] {1, 2, 3, 4, 5}, Kind.MIXED).medianLow())
                .isNaN();
    }

    /** The mean of runs in which a rumor dies out now and then: the interval holds it in 93.5 % of studies or more, however often that is. */
    @Test
    void intervalsHoldTheMeanWhereRumorsDieOut() {
        Random64 random = new Random64(7);
        for (int runs : new int[] {5, 20, 50, 100}) {
            for (double dying : new double[] {0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95}) {
                double residue = dying + (1 - dying) * 0.02;
                double[] values = new double[runs];
                int held = 0;
                for (int study = 0; study < STUDIES; study++) {
                    for (int run = 0; run < runs; run++) {
                        values[run] = random.nextDouble() < dying ? 1 : 0.019 + 0.002 * random.nextDouble();
                    }
                    Estimate estimate = Estimate.of(values, Kind.SHARES);
                    held += estimate.low() <= residue && residue <= estimate.high() ? 1 : 0;
                }
                assertThat((double) held / STUDIES)
                        .as("%d runs, %s of which die out", runs, dying)
                        .isGreaterThan(0.935);
            }
        }
    }

    /** A flood that loses nothing is cut off where time is up, so that runs are not alike, and shares are still shares. */
    @Test
    void whereTimeIsUpNoIntervalPretendsThatTheRunsWereAlike() {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 20)
                .set("topology", "circular")
                .set("latency", "exponential:10ms")
                .set("until", "95ms")
                .set("runs", 10)
                .build();
        List<RunMeasures> runs = new ArrayList<>();
        for (int run = 0; run < spec.runs(); run++) {
            runs.add(Simulation.of(spec.run(run)).run());
        }
        SimulationReport report = SimulationReport.of(spec, "", 0, runs);
        assertThat(report.measure(Measure.T100).known()).isBetween(2, 9);
        assertThat(report.measure(Measure.T100).low()).isNaN();
        assertThat(report.measure(Measure.T100).high()).isNaN();
        assertThat(report.measure(Measure.T50).known()).isEqualTo(10);
        assertThat(report.measure(Measure.T50).low()).isPositive();
        assertThat(report.measure(Measure.COVERAGE).high()).isEqualTo(1);
        assertThat(report.measure(Measure.RESIDUE).low()).isZero();
    }

    /** The same of real runs, of which many small studies are drawn; the truth is that of them all. Every interval that is given holds it, whatever the measure. */
    @ParameterizedTest
    @CsvSource({"20, off, 30%", "20, 1s, 10%", "50, 1s, 30%", "6, 1s, 10%"})
    void intervalsHoldTheTruthOfRealRuns(int runs, String antiEntropy, String loss) {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 30)
                .set("topology", "random:4")
                .set("spread", "push:2")
                .set("loss", loss)
                .set("anti-entropy", antiEntropy)
                .set("runs", STUDIES)
                .build();
        Map<String, Double> held = held(spec, runs);
        assertThat(held)
                .containsKeys("mean of residue", "mean of coverage", "median of t50", "median of traffic")
                .doesNotContainKeys("mean of t50", "mean of traffic", "mean of events");
        held.forEach((name, share) -> assertThat(share).as(name).isGreaterThan(0.935));
    }

    /** The same of what is measured where seeds decide who is a member, with losses and crashes and without. */
    @ParameterizedTest
    @CsvSource({"5, 0%, 1@20s", "20, 10%, 1@20s", "20, 30%, 20%@20s", "50, 20%, 3@20s"})
    void intervalsHoldTheTruthOfMembership(int runs, String loss, String crash) {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 6)
                .set("seeds", 3)
                .set("loss", loss)
                .set("crash", crash)
                .set("runs", LIVES)
                .build();
        Map<String, Double> held = held(spec, runs);
        assertThat(held)
                .containsKeys("median of registration", "median of detection", "median of removals")
                .doesNotContainKeys("mean of registration", "mean of detection", "mean of removals");
        held.forEach((name, share) -> assertThat(share).as(name).isGreaterThan(0.935));
    }

    /** Of many runs small studies are drawn; the truth is that of them all. In which share of the studies each interval that is given holds it. */
    private static Map<String, Double> held(SimulationSpec spec, int runs) {
        List<RunMeasures> all = new ArrayList<>();
        for (int run = 0; run < spec.runs(); run++) {
            all.add(Simulation.of(spec.run(run)).run());
        }
        SimulationReport truth = SimulationReport.of(spec, "", 0, all);
        Map<String, List<Boolean>> held = new TreeMap<>();
        Random64 random = new Random64(7);
        for (int study = 0; study < STUDIES; study++) {
            List<RunMeasures> drawn = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                drawn.add(all.get(random.nextInt(all.size())));
            }
            SimulationReport.of(spec, "", 0, drawn).measures().forEach((measure, estimate) -> {
                Estimate real = truth.measure(measure);
                if (estimate.low() <= estimate.high()) {
                    held.computeIfAbsent("mean of " + measure.label(), name -> new ArrayList<>())
                            .add(estimate.low() <= real.mean() && real.mean() <= estimate.high());
                }
                held.computeIfAbsent("median of " + measure.label(), name -> new ArrayList<>())
                        .add(!(estimate.medianLow() > real.median()) && !(estimate.medianHigh() < real.median()));
            });
        }
        Map<String, Double> shares = new TreeMap<>();
        held.forEach((name, each) ->
                shares.put(name, (double) each.stream().filter(is -> is).count() / each.size()));
        return shares;
    }
}
