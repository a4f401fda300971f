package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static SimulationSpecBuilder ring(int nodes) {
        return SimulationSpec.builder()
                .set("nodes", nodes)
                .set("topology", "circular")
                .set("publisher", 0);
    }

    @Test
    void measuresASmallRingAsOneWouldByHand() {
        // 0 publishes; 1 and 4 have it after 10 ms, 2 and 3 after 20 ms, and each of these sends the other one a
        // duplicate.
        RunMeasures measures =
                Simulation.of(ring(5).set("anti-entropy", "off").build()).run();
        assertThat(measures.value(Measure.T50)).isEqualTo(10);
        assertThat(measures.value(Measure.T90)).isEqualTo(20);
        assertThat(measures.value(Measure.T100)).isEqualTo(20);
        assertThat(measures.value(Measure.HOPS50)).isEqualTo(1);
        assertThat(measures.value(Measure.HOPS)).isEqualTo(2);
        assertThat(measures.value(Measure.TRAFFIC)).isEqualTo(6 / 5.0);
        assertThat(measures.value(Measure.REDUNDANCY)).isEqualTo(2 / 4.0);
        assertThat(measures.value(Measure.CONTROL)).isZero();
        assertThat(measures.value(Measure.EVENTS)).isEqualTo(5 + 1 + 6);
        assertThat(measures.value(Measure.WALL_MILLIS)).isNaN();
        assertThat(measures.with(Measure.WALL_MILLIS, 12.5).value(Measure.WALL_MILLIS))
                .isEqualTo(12.5);
        assertThat(measures.simulatedNanos()).isEqualTo(30_000_000);
    }

    @Test
    void tellsHowFarItHasComeWhileItRuns() {
        List<Simulation.Progress> progress = new ArrayList<>();
        Simulation simulation =
                Simulation.of(SimulationSpec.builder().set("nodes", 20_000).build());
        simulation.run(progress::add);
        assertThat(progress).hasSizeGreaterThan(1);
        assertThat(progress).extracting(Simulation.Progress::events).isSorted();
        assertThat(progress).extracting(Simulation.Progress::coverage).isSorted();
        assertThat(simulation.progress().coverage()).isEqualTo(1);
    }

    @Test
    void whoIsDownFromTheStartIsNotWaitedFor() {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 200)
                .set("crash", "20%@0s")
                .build();
        RunMeasures measures = Simulation.of(spec).run();
        assertThat(measures.value(Measure.COVERAGE)).isEqualTo(1);
        assertThat(measures.value(Measure.T100)).isPositive();
    }

    @Test
    void aRunWaitsForThoseWhoComeBack() {
        SimulationSpec spec = ring(10).set("crash", "5@5ms+3s:no-disk").build();
        RunMeasures measures = Simulation.of(spec).run();
        assertThat(measures.value(Measure.COVERAGE)).isEqualTo(1);
        assertThat(measures.value(Measure.T100)).isGreaterThan(3000);
        assertThat(measures.value(Measure.RESIDUE)).isEqualTo(0.1);
    }

    @Test
    void aRunEndsAtItsTimeLimit() {
        SimulationSpec spec =
                ring(10).set("partition", "5@0s").set("until", "20s").build();
        RunMeasures measures = Simulation.of(spec).run();
        assertThat(measures.value(Measure.COVERAGE)).isEqualTo(0.9);
        assertThat(measures.value(Measure.T90)).isEqualTo(40);
        assertThat(measures.value(Measure.T99)).isNaN();
    }

    @Test
    void aOneWayCutLetsTheVictimHearAndNotSpeak() {
        List<String> sent = new ArrayList<>();
        SimulationSpec spec = ring(3).set("cut", "0@0s+10s").set("until", "9s").build();
        Simulation simulation = Simulation.of(spec, new Observer() {
            @Override
            public void lost(long atNanos, int from, int to, Message message, Loss why) {
                sent.add(from + " " + why);
            }
        });
        assertThat(simulation.run().value(Measure.COVERAGE)).isEqualTo(1 / 3.0);
        assertThat(sent).isNotEmpty().allMatch(loss -> loss.equals("0 CUT"));
    }

    @Test
    void severalRumorsAreMeasuredOnAverage() {
        SimulationSpec spec = ring(5).set("anti-entropy", "off")
                .set("rumors", 4)
                .set("every", "7ms")
                .build();
        RunMeasures measures = Simulation.of(spec).run();
        assertThat(measures.value(Measure.T100)).isEqualTo(20);
        assertThat(measures.value(Measure.TRAFFIC)).isEqualTo(6 / 5.0);
    }

    @Test
    void aLoneNodeHasReachedEverybodyAtOnce() {
        RunMeasures measures = Simulation.of(ring(1).build()).run();
        assertThat(measures.value(Measure.T100)).isZero();
        assertThat(measures.value(Measure.TRAFFIC)).isZero();
        assertThat(measures.value(Measure.REDUNDANCY)).isZero();
    }

    @Test
    void whoNeverConvergesIsReportedWithTheCommandThatShowsIt() {
        SimulationSpec spec = ring(6).set("anti-entropy", "off")
                .set("partition", "2,3@0s+1s")
                .set("heal", "2s")
                .set("within", "5s")
                .set("random-seed", 77)
                .set("runs", 3)
                .build();
        assertThatThrownBy(() -> Simulation.of(spec.run(1)).run())
                .isInstanceOfSatisfying(InvariantViolation.class, violation -> {
                    assertThat(violation.getMessage())
                            .contains("sim:2 and 1 others of 6 have not got Rumor[")
                            .contains("5s after all was healed")
                            .contains("random seed 78")
                            .contains("\nreplay: gossip simulate --nodes 6 --topology circular ")
                            .contains("--partition 2,3@0s+1s --heal 2s --within 5s --random-seed 78 --runs 1");
                    assertThat(violation.spec()).isEqualTo(spec.run(1));
                });
    }

    @Test
    void anImpossibleOverlayIsRefusedInOneSentence() {
        SimulationSpec spec = SimulationSpec.builder().set("nodes", 4).build();
        assertThatThrownBy(() -> Simulation.of(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("random:8: K must be below the number of nodes, which is 4");
    }

    @Test
    void aReportHasTheMeanAndTheIntervalOfEachMeasure() {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 100)
                .set("latency", "exponential:10ms")
                .set("runs", 10)
                .build();
        List<RunMeasures> runs = new ArrayList<>();
        for (int run = 0; run < 10; run++) {
            runs.add(Simulation.of(spec.run(run)).run().with(Measure.WALL_MILLIS, run));
        }
        SimulationReport report = SimulationReport.of(spec, "", 0, runs);
        assertThat(report.measures().keySet()).containsExactlyElementsOf(Measure.of(report.spec()));
        Estimate t100 = report.measure(Measure.T100);
        assertThat(t100.low()).isLessThan(t100.mean());
        assertThat(t100.high()).isGreaterThan(t100.mean());
        assertThat(report.measure(Measure.WALL_MILLIS).mean()).isEqualTo(4.5);
        assertThat(report.measure(Measure.COVERAGE)).isEqualTo(new Estimate(10, 10, 1, 1, 1, 1, 1, 1, 1, 1));
    }

    @Test
    void aRunHasNoTimeWhereOneOfItsRumorsNeverGotSoFar() {
        // The first is published before everything is cut, the second behind it.
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 20)
                .set("topology", "circular")
                .set("publisher", 0)
                .set("rumors", 2)
                .set("every", "1s")
                .set("partition", "0,1,2@900ms")
                .set("anti-entropy", "off")
                .build();
        RunMeasures measures = Simulation.of(spec).run();
        assertThat(measures.value(Measure.T100)).isNaN();
        assertThat(measures.value(Measure.COVERAGE)).isBetween(0.5, 0.6);
    }
}
