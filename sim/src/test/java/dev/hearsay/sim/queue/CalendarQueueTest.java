package dev.hearsay.sim.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Random64;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calendar against the oracle. */
class CalendarQueueTest {

    private static final long MILLI = 1_000_000L;

    /** From much finer than the delays to much coarser. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20_000, MILLI, 100 * MILLI, 100_000 * MILLI})
    void givesTheSameOrderAsAPriorityQueue(long delayNanos) {
        for (int randomSeed = 0; randomSeed < 40; randomSeed++) {
            new Comparison(delayNanos, randomSeed).run();
        }
    }

    /** Adds the same to both queues, takes from both, and compares. */
    private static final class Comparison {
        private final EventQueue calendar;
        private final EventQueue heap = new HeapQueue();
        private final Random64 random;
        private final int randomSeed;
        private long now;
        private int added;

        Comparison(long delayNanos, int randomSeed) {
            this.calendar = new CalendarQueue(delayNanos);
            this.random = new Random64(randomSeed);
            this.randomSeed = randomSeed;
        }

        void run() {
            for (int step = 1 + random.nextInt(2000); step > 0; step--) {
                int burst = random.nextInt(4) == 0 ? random.nextInt(600) : 1;
                for (int i = random.nextInt(3) == 0 ? burst : 0; i > 0; i--) {
                    add();
                }
                for (int i = random.nextInt(burst + 1); i > 0; i--) {
                    takeNext();
                }
            }
            while (heap.size() > 0) {
                takeNext();
            }
            takeNext();
        }

        private void add() {
            long at = now + delay(random);
            String what = "event " + added++;
            calendar.add(at, added, -added, what);
            heap.add(at, added, -added, what);
        }

        private void takeNext() {
            boolean hasNext = heap.next();
            if (calendar.next() != hasNext || calendar.size() != heap.size()) {
                throw new AssertionError("random seed " + randomSeed + ": the queues are not equally long");
            }
            if (!hasNext) {
                return;
            }
            now = heap.atNanos();
            boolean isSame = calendar.atNanos() == now
                    && calendar.node() == heap.node()
                    && calendar.from() == heap.from()
                    && calendar.what().equals(heap.what());
            if (!isSame) {
                throw new AssertionError("random seed " + randomSeed + ": " + calendar.what() + " at "
                        + calendar.atNanos() + " instead of " + heap.what() + " at " + now);
            }
        }
    }

    /** Now, soon, at the same time as many others, late, or after a very long time. */
    private static long delay(Random64 random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextInt(2000);
            case 2 -> 10 * MILLI;
            case 3 -> random.nextLong(20 * MILLI);
            case 4 -> random.nextLong(1000 * MILLI);
            case 5 -> 1000 * MILLI;
            case 6 -> random.nextInt(20) == 0 ? random.nextLong(3_600_000 * MILLI) : MILLI;
            default -> 10 * MILLI + random.nextInt(3);
        };
    }

    @Test
    void keepsTheOrderOfInsertionAmongEventsOfTheSameTimeWhereverTheyWaited() {
        CalendarQueue queue = new CalendarQueue(MILLI);
        long far = 100_000 * MILLI;
        queue.add(far, 1, 0, "added while far away");
        queue.add(far - 1, 2, 0, "before");
        queue.add(far, 3, 0, "added while far away, too");
        queue.next();
        queue.add(far, 4, 0, "added when near");
        List<Integer> nodes = new ArrayList<>();
        while (queue.next()) {
            nodes.add(queue.node());
        }
        assertThat(nodes).containsExactly(1, 3, 4);
    }

    @Test
    void saysWhomTheNextEventsConcern() {
        CalendarQueue queue = new CalendarQueue(MILLI);
        for (int i = 0; i < 5; i++) {
            queue.add(10 * MILLI, i, 0, "x");
        }
        assertThat(queue.upcoming(0)).isEqualTo(-1);
        queue.next();
        assertThat(queue.node()).isZero();
        assertThat(queue.upcoming(0)).isEqualTo(1);
        assertThat(queue.upcoming(3)).isEqualTo(4);
        assertThat(queue.upcoming(4)).isEqualTo(-1);
    }

    @Test
    void refusesThePast() {
        for (EventQueue queue : List.of(new CalendarQueue(MILLI), new HeapQueue())) {
            queue.add(5, 0, 0, "x");
            queue.next();
            assertThatThrownBy(() -> queue.add(4, 0, 0, "y"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an event at 4 ns comes after 5 ns");
        }
    }
}
