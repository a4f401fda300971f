package dev.hearsay.live.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WallClockTest {

    /** A wall clock that somebody sets. */
    private static final class SetClock extends Clock {
        Instant now = Instant.ofEpochSecond(1000);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final SetClock wall = new SetClock();
    private long nanos = 77;

    @Test
    void countsByTheMonotonicClockFollowsTheWallForwardAndNeverGoesBack() {
        WallClock clock = new WallClock(wall, () -> nanos);
        assertThat(clock.micros()).isEqualTo(1_000_000_000L);
        nanos += 5_000;
        assertThat(clock.micros()).isEqualTo(1_000_000_005L);
        wall.now = Instant.ofEpochSecond(2000);
        nanos += 11_000_000_000L;
        assertThat(clock.micros()).isEqualTo(2_000_000_000L);
        wall.now = Instant.ofEpochSecond(10);
        nanos += 11_000_000_000L;
        assertThat(clock.micros()).isEqualTo(2_011_000_000L);
        nanos += 1_000_000;
        assertThat(clock.micros()).isEqualTo(2_011_001_000L);
    }
}
