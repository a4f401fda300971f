package dev.hearsay.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void keepsThreeDigits() {
        assertThat(Numbers.of(0)).isEqualTo("0");
        assertThat(Numbers.of(0.12345)).isEqualTo("0.123");
        assertThat(Numbers.of(1.2345)).isEqualTo("1.23");
        assertThat(Numbers.of(12.345)).isEqualTo("12.3");
        assertThat(Numbers.of(1234.4)).isEqualTo("1,234");
        assertThat(Numbers.of(1_234_567)).isEqualTo("1,234,567");
        assertThat(Numbers.of(Double.NaN)).isEqualTo("–");
    }

    @Test
    void takesTheMiddle() {
        assertThat(Numbers.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(Numbers.median(List.of(9.0, 1.0, 5.0, 6.0))).isEqualTo(5.5);
        assertThat(Numbers.median(List.of())).isNaN();
    }
}
