package dev.hearsay.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void isReachedOnTheGoodSideOfItsLimit() {
        assertThat(Target.atMost("time", 10, 10, "s").isReached()).isTrue();
        assertThat(Target.atMost("time", 10.1, 10, "s").isReached()).isFalse();
        assertThat(Target.atLeast("rate", 10, 10, "/s").isReached()).isTrue();
        assertThat(Target.atLeast("rate", 9.9, 10, "/s").isReached()).isFalse();
    }

    @Test
    void isNotReachedByWhatCouldNotBeMeasured() {
        assertThat(Target.atMost("time", Double.NaN, 10, "s").isReached()).isFalse();
        assertThat(Target.atLeast("rate", 10, Double.NaN, "/s").isReached()).isFalse();
    }
}
