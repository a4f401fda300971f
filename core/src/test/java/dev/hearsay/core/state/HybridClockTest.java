package dev.hearsay.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.TestContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HybridClockTest {

    private static final NodeId SELF = new NodeId("10.0.0.1", 1);
    private static final NodeId OTHER = new NodeId("10.0.0.2", 1);

    private static final long LIMIT = 10_000;

    private final TestContext context = new TestContext(1);
    private final HybridClock clock = new HybridClock(SELF, context, LIMIT);

    @Test
    void followsTheWallClockAndCountsWhereItStands() {
        context.wallMicros = 500;
        assertThat(clock.next()).isEqualTo(new Stamp(500, 0, SELF));
        assertThat(clock.next()).isEqualTo(new Stamp(500, 1, SELF));
        context.wallMicros = 501;
        assertThat(clock.next()).isEqualTo(new Stamp(501, 0, SELF));
    }

    @Test
    void doesNotGoBackWhenTheWallClockDoesALittle() {
        List<Stamp> stamps = new ArrayList<>();
        for (long wall : new long[] {500, 499, 100, 0, 700, 699, 10_699, 700, 701}) {
            context.wallMicros = wall;
            stamps.add(clock.next());
        }
        assertThat(stamps).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void isLaterThanEverythingItHasSeen() {
        context.wallMicros = 500;
        Stamp ahead = new Stamp(9_000, 7, OTHER);
        clock.observe(ahead);
        assertThat(clock.next()).isEqualTo(new Stamp(9_000, 8, SELF));
        clock.observe(new Stamp(9_000, 3, OTHER));
        clock.observe(new Stamp(100, 99, OTHER));
        assertThat(clock.next()).as("what is older changes nothing").isEqualTo(new Stamp(9_000, 9, SELF));
        context.wallMicros = 9_001;
        assertThat(clock.next()).isEqualTo(new Stamp(9_001, 0, SELF));
    }

    @Test
    void isNotSetByWhatIsAheadBeyondTheLimit() {
        context.wallMicros = 500;
        clock.observe(new Stamp(500 + LIMIT, 1, OTHER));
        clock.observe(new Stamp(501 + LIMIT, 0, OTHER));
        clock.observe(new Stamp(Long.MAX_VALUE, Long.MAX_VALUE, OTHER));
        assertThat(clock.next()).isEqualTo(new Stamp(500 + LIMIT, 2, SELF));
    }

    @Test
    void goesOnBeyondTheLargestCount() {
        context.wallMicros = 500;
        clock.observe(new Stamp(700, Long.MAX_VALUE, OTHER));
        assertThat(clock.next()).isEqualTo(new Stamp(701, 0, SELF));
        assertThat(clock.next()).isEqualTo(new Stamp(701, 1, SELF));
    }

    @Test
    void neverFailsWhateverTheWallClockSays() {
        for (long wall : new long[] {Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -1, 0}) {
            context.wallMicros = wall;
            clock.observe(new Stamp(Long.MAX_VALUE, Long.MAX_VALUE, OTHER));
            clock.next();
            clock.next();
        }
        assertThat(clock.next().micros())
                .as("it follows a clock that is set right")
                .isLessThan(LIMIT);
    }
}
