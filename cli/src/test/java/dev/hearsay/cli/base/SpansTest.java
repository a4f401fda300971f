package dev.hearsay.cli.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "0.0123, 12.3 µs",
        "0.5, 0.5 ms",
        "8.1, 8.1 ms",
        "8.126, 8.13 ms",
        "99.96, 100 ms",
        "123.4, 123 ms",
        "1234, 1.23 s",
        "59999, 60 s",
        "61000, 1 min 1 s"
    })
    void writesMillisecondsForPeople(double millis, String text) {
        assertThat(Spans.ofMillis(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "3599, 59 min 59 s", "7500, 2 h 5 min", "90000, 1 d 1 h"})
    void writesSecondsForPeople(long seconds, String text) {
        assertThat(Spans.span(seconds)).isEqualTo(text);
    }
}
