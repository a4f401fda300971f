package dev.hearsay.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EpidemicsTest {

    /** Demers et al. 1987, section 1.4: about 20 % at k = 1 and 6 % at k = 2. */
    @Test
    void feedbackWithCoinLeavesThePublishedResidue() {
        assertThat(Epidemics.feedbackCoinResidue(1)).isCloseTo(0.20, within(0.005));
        assertThat(Epidemics.feedbackCoinResidue(2)).isCloseTo(0.06, within(0.005));
    }

    @Test
    void pushResidueSolvesItsEquation() {
        for (double fanout = 1.1; fanout < 10; fanout += 0.1) {
            double residue = Epidemics.pushResidue(fanout);
            assertThat(residue).isBetween(0.0, 0.9).isCloseTo(Math.exp(-fanout * (1 - residue)), within(1e-6));
        }
        assertThat(Epidemics.pushResidue(1)).isEqualTo(1);
    }

    @Test
    void pushTakesLogarithmicallyManyRounds() {
        assertThat(Epidemics.pushRounds(1024)).isCloseTo(10 + 6.93, within(0.01));
    }

    @Test
    void percentilesAreValuesThatOccurredAndMissingOnesAreInfinite() {
        long[] sorted = {10, 20, 30, 40};
        assertThat(Percentiles.nearestRank(sorted, 4, 50)).isEqualTo(20);
        assertThat(Percentiles.nearestRank(sorted, 4, 51)).isEqualTo(30);
        assertThat(Percentiles.nearestRank(sorted, 4, 100)).isEqualTo(40);
        assertThat(Percentiles.nearestRank(sorted, 5, 100)).isEqualTo(-1);
        assertThat(Percentiles.nearestRank(sorted, 5, 80)).isEqualTo(40);
        assertThat(Percentiles.nearestRank(sorted, 1, 0)).isEqualTo(10);
    }
}
