package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Signal;
import dev.hearsay.core.math.Ranges;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody takes a version for committed while a live member lacks it, whatever goes wrong; and once it stops going wrong, all nodes know of every version
 * that everybody has. {@link Commitments} checks the first on every announcement, {@link Inspection} the second at the end.
 */
class CommitTest {

    private static final int STUDIES_PER_BLOCK = 500;

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1000})
    void whatIsCommittedEveryLiveMemberHas(int firstRandomSeed) {
        AtomicInteger announced = new AtomicInteger();
        for (int i = 0; i < STUDIES_PER_BLOCK; i++) {
            SimulationSpec spec = RandomStudy.publishing("versions", firstRandomSeed + i);
            Simulation.of(spec, new Observer() {
                        @Override
                        public void told(long atNanos, int node, Signal signal) {
                            if (signal instanceof Signal.Committed) {
                                announced.incrementAndGet();
                            }
                        }
                    })
                    .run();
        }
        assertThat(announced.get()).isGreaterThan(STUDIES_PER_BLOCK);
    }

    @Test
    void alsoWhereSeedsDecideWhoIsAMember() {
        for (int randomSeed = 0; randomSeed < 200; randomSeed++) {
            RunMeasures measures = Simulation.of(SimulationSpec.builder()
                            .set("nodes", 10)
                            .set("seeds", 3)
                            .set("publish", "versions")
                            .set("rumors", 10)
                            .set("every", "1s")
                            .set("loss", "10%")
                            .set("crash", "20%@5s+4s")
                            .set("crash", "10%@9s")
                            .set("partition", "30%@12s+4s")
                            .set("pause", "20%@18s+1s")
                            .set("heal", "30s")
                            .set("within", "3m")
                            .set("random-seed", randomSeed)
                            .build())
                    .run();
            assertThat(measures.value(Measure.COVERAGE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 200", "100, 300", "1000, 400"})
    void commitIsKnownSoonAfterTheLastDelivery(int nodes, double millisMax) {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", nodes)
                .set("publish", "versions")
                .set("rumors", 3)
                .set("every", "3s")
                .set("latency", "5ms")
                .build();
        assertThat(Simulation.of(spec).run().value(Measure.COMMIT)).isBetween(0.0, millisMax);
    }

    /** Whoever is down holds commit back, and it comes when it returns. */
    @Test
    void aNodeThatIsDownHoldsCommitBack() {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 10)
                .set("topology", "random:4")
                .set("publish", "versions")
                .set("publisher", 0)
                .set("rumors", 3)
                .set("every", "2s")
                .set("crash", "7@1s+20s")
                .build();
        StringBuilder told = new StringBuilder();
        Simulation.of(spec, new Observer() {
                    @Override
                    public void told(long atNanos, int node, Signal signal) {
                        if (node == 3 && signal instanceof Signal.Committed committed) {
                            told.append(committed.versions())
                                    .append(atNanos < 20_000_000_000L ? " early; " : " late; ");
                        }
                    }
                })
                .run();
        assertThat(told.toString()).startsWith("1 early; ").endsWith("3 late; ").doesNotContain("2 early");
    }

    @Test
    void theCheckerSeesACommitThatIsNone() {
        Simulation simulation = Simulation.of(SimulationSpec.builder()
                .set("nodes", 5)
                .set("topology", "full")
                .set("publish", "versions")
                .build());
        simulation.run();
        Commitments checker = new Commitments(simulation.hosts());
        checker.told(0, 0, new Signal.Committed(Ranges.of(1, 1), 5));
        assertThatThrownBy(() -> checker.told(0, 0, new Signal.Committed(Ranges.of(2, 2), 5)))
                .isInstanceOf(BrokenLaw.class)
                .hasMessageContaining("has not got 2");
    }
}
