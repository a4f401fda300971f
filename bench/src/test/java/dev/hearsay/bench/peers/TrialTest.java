package dev.hearsay.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final Workload WORK = new Workload(4, 0, 30, 1_000, 1_000);

    /** Delivers every message to every other node at once, but for those messages of which one node is cheated. */
    private static final class Immediate implements Contender {
        private final int firstCheated;
        private int nodes;
        private Deliveries deliveries = (node, number) -> {};
        private int broadcasts;

        Immediate(int firstCheated) {
            this.firstCheated = firstCheated;
        }

        @Override
        public void start(int count, Deliveries ear) {
            nodes = count;
            deliveries = ear;
        }

        @Override
        public void broadcast(int sender, byte[] payload) {
            broadcasts++;
            int number = Payload.number(payload, 0);
            for (int node = 0; node < nodes; node++) {
                if (node != sender && (number < firstCheated || node != (sender + 1) % nodes)) {
                    deliveries.delivered(node, number);
                }
            }
        }
    }

    @Test
    void measuresEverything() throws Exception {
        Immediate contender = new Immediate(Integer.MAX_VALUE);
        Map<PeerMeasure, Double> results = new Trial(contender, WORK).run();
        assertThat(results).containsOnlyKeys(PeerMeasure.values());
        assertThat(results.values()).allMatch(value -> value >= 0);
        assertThat(results.get(PeerMeasure.BURST_PER_SECOND)).isPositive();
        assertThat(results.get(PeerMeasure.BURST_MISSING_PERCENT)).isZero();
        assertThat(results.get(PeerMeasure.P50_MILLIS)).isLessThanOrEqualTo(results.get(PeerMeasure.P99_MILLIS));
        // The first, 19 more that are cold, then those measured, then the burst; warming up takes none here.
        assertThat(contender.broadcasts).isEqualTo(20 + 30 + 1_000);
    }

    @Test
    void countsWhatABurstLoses() throws Exception {
        Map<PeerMeasure, Double> results = new Trial(new Immediate(20 + 30 + 500), WORK).run();
        assertThat(results.get(PeerMeasure.INCOMPLETE_BROADCASTS)).isZero();
        // One of three deliveries of half of the messages.
        assertThat(results.get(PeerMeasure.BURST_MISSING_PERCENT)).isBetween(16.66, 16.67);
    }
}
