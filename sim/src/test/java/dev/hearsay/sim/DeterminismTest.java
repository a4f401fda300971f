package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.sim.queue.EventQueue;
import dev.hearsay.sim.queue.HeapQueue;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One random seed decides everything, and nothing else does. */
class DeterminismTest {

    private static final int STUDIES = 200;

    private record Run(long digest, long events, RunMeasures measures) {}

    /** Counts by content, with a hash of its own: what the digest does not see would show here. */
    private static final class Everything implements Observer {
        private long hash;

        @Override
        public void told(long atNanos, int node, Event event) {
            hash = hash * 31 + (atNanos + " " + node + " " + event).hashCode();
        }
    }

    private static Run run(SimulationSpec spec, EventQueue queue) {
        Everything everything = new Everything();
        Simulation simulation = Simulation.of(spec, queue, everything);
        RunMeasures measures = simulation.run();
        return new Run(simulation.digest(), everything.hash, measures);
    }

    @Test
    void theSameRandomSeedGivesTheSameRunAndAnotherOneAnother() {
        Set<Long> digests = new HashSet<>();
        for (int randomSeed = 0; randomSeed < STUDIES; randomSeed++) {
            SimulationSpec spec = RandomStudy.of(randomSeed);
            Run run = run(spec, Simulation.queueFor(spec));
            assertThat(run(spec, Simulation.queueFor(spec))).as(spec.command()).isEqualTo(run);
            digests.add(run.digest);
        }
        assertThat(digests).hasSize(STUDIES);
    }

    @Test
    void bothQueuesGiveTheSameRun() {
        for (int randomSeed = 0; randomSeed < STUDIES; randomSeed++) {
            SimulationSpec spec = RandomStudy.of(randomSeed);
            assertThat(run(spec, new HeapQueue())).as(spec.command()).isEqualTo(run(spec, Simulation.queueFor(spec)));
        }
    }

    @Test
    void aRunOfAStudyCanBeHadAlone() {
        SimulationSpec study = SimulationSpec.builder()
                .set("nodes", 50)
                .set("loss", "10%")
                .set("runs", 5)
                .set("random-seed", 42)
                .build();
        SimulationSpec third = SimulationSpecBuilder.parse(study.run(2).command());
        assertThat(third.randomSeed()).isEqualTo(44);
        assertThat(third.runs()).isEqualTo(1);
        assertThat(run(third, Simulation.queueFor(third)))
                .isEqualTo(run(study.run(2), Simulation.queueFor(study)))
                .isNotEqualTo(run(study.run(1), Simulation.queueFor(study)));
    }

    @Test
    void howFarItGoesOnAtATimeChangesNothing() {
        SimulationSpec spec = RandomStudy.of(7);
        Simulation step = Simulation.of(spec);
        long events = 0;
        while (step.advance(1)) {
            assertThat(step.progress().events()).isEqualTo(++events);
        }
        Simulation whole = Simulation.of(spec);
        whole.run();
        assertThat(step.digest()).isEqualTo(whole.digest());
        assertThat(step.measures()).isEqualTo(whole.measures());
        assertThat(step.advance(1)).isFalse();
    }
}
