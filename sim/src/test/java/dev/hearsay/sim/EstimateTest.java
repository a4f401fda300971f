package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

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
        assertThat(Estimate.of(new double[] {7, Double.NaN})).isEqualTo(new Estimate(7, 7, 7));
    }

    @Test
    void ofNothingThereIsNothing() {
        assertThat(Estimate.of(new double[] {Double.NaN})).isEqualTo(new Estimate(Double.NaN, Double.NaN, Double.NaN));
    }
}
