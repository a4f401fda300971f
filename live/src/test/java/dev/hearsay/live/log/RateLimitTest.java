package dev.hearsay.live.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final RateLimit refusals = RateLimit.strict();

    private List<String> told(int count, long atNanos) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            refusals.next(atNanos, "reason " + i).ifPresent(told::add);
        }
        return told;
    }

    @Test
    void tellsTheFirstTenThenOneEveryTenSecondsWithHowManyThereWereBetween() {
        long start = Long.MAX_VALUE - SECOND_NANOS;
        assertThat(told(1000, start)).hasSize(10).startsWith("reason 0").endsWith("reason 9");
        assertThat(told(500, start + 9 * SECOND_NANOS)).isEmpty();
        assertThat(told(100, start + 10 * SECOND_NANOS)).containsExactly("reason 0 (and 1490 more that are not told)");
        assertThat(told(1, start + 20 * SECOND_NANOS)).containsExactly("reason 0 (and 99 more that are not told)");
        assertThat(told(1, start + 30 * SECOND_NANOS)).containsExactly("reason 0");
    }

    @Test
    void aDayOfGarbageIsAFewThousandLines() {
        int lines = 0;
        for (long second = 0; second < 86_400; second++) {
            lines += told(5, second * SECOND_NANOS).size();
        }
        assertThat(lines).isEqualTo(10 + 8_639);
    }

    @Test
    void afterAQuietWhileItTellsTenAgainAndNoMore() {
        told(100, 0);
        assertThat(told(100, 3600 * SECOND_NANOS)).hasSize(10);
        assertThat(told(100, 3600 * SECOND_NANOS)).isEmpty();
    }
}
