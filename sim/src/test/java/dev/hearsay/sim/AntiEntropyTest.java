package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Event;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What one comparison settles. */
class AntiEntropyTest {

    /** Both have what the other lacks; the one that opens the comparison is handed that, and hands out its own, so that it need not be opened again. */
    @Test
    void oneComparisonSettlesBothDirections() {
        int runs = 40;
        AtomicInteger comparisons = new AtomicInteger();
        for (int randomSeed = 0; randomSeed < runs; randomSeed++) {
            SimulationSpec spec = SimulationSpec.builder()
                    .set("nodes", 2)
                    .set("topology", "circular")
                    .set("latency", "1ms")
                    .set("rumors", 8)
                    .set("every", "50ms")
                    .set("partition", "0@0s+3s")
                    .set("random-seed", randomSeed)
                    .build();
            RunMeasures measures = Simulation.of(spec, new Observer() {
                        @Override
                        public void told(long atNanos, int node, Event event) {
                            comparisons.addAndGet(event instanceof AntiEntropyProtocol.Differed ? 1 : 0);
                        }
                    })
                    .run();
            assertThat(measures.value(Measure.COVERAGE)).as(spec.command()).isEqualTo(1);
        }
        // Now and then both open one at the same time.
        assertThat(comparisons.get()).isBetween(runs, runs + runs / 5);
    }
}
