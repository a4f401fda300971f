package dev.hearsay.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Random64;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RangesTest {

    @Test
    void agreesWithASetOfNumbersOverManyRandomHistories() {
        for (long randomSeed = 0; randomSeed < 500; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            Ranges ranges = new Ranges();
            TreeSet<Long> numbers = new TreeSet<>();
            for (int step = 0; step < 60; step++) {
                long first = 1L + random.nextInt(40);
                if (random.nextInt(3) == 0) {
                    long last = first + random.nextInt(8);
                    ranges.add(first, last);
                    for (long n = first; n <= last; n++) {
                        numbers.add(n);
                    }
                } else if (random.nextInt(3) == 0) {
                    assertThat(ranges.remove(first)).isEqualTo(numbers.remove(first));
                } else {
                    assertThat(ranges.add(first)).isEqualTo(numbers.add(first));
                }
                assertSame(ranges, numbers, randomSeed);
            }
        }
    }

    private static void assertSame(Ranges ranges, NavigableSet<Long> numbers, long randomSeed) {
        TreeSet<Long> listed = new TreeSet<>();
        for (int i = 0; i < ranges.size(); i++) {
            for (long n = ranges.first(i); n <= ranges.last(i); n++) {
                listed.add(n);
            }
            if (i > 0) {
                assertThat(ranges.first(i)).as("apart").isGreaterThan(ranges.last(i - 1) + 1);
            }
        }
        assertThat(listed).as("random seed %d", randomSeed).isEqualTo(numbers);
        assertThat(ranges.max()).isEqualTo(numbers.isEmpty() ? 0 : numbers.last());
        long contiguous = 0;
        while (numbers.contains(contiguous + 1)) {
            contiguous++;
        }
        assertThat(ranges.contiguous()).isEqualTo(contiguous);
        assertThat(Ranges.of(ranges.toBounds())).isEqualTo(ranges).hasSameHashCodeAs(ranges);
    }

    @Test
    void differenceIsThatOfSets() {
        for (long randomSeed = 0; randomSeed < 2000; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            Ranges a = new Ranges();
            Ranges b = new Ranges();
            for (int i = 0; i < 12; i++) {
                a.add(1 + random.nextInt(30));
                b.add(1 + random.nextInt(30));
            }
            long floor = 1L + random.nextInt(10);
            Ranges difference = a.minus(b, floor);
            for (long n = 1; n <= 31; n++) {
                assertThat(difference.contains(n))
                        .as("%s minus %s from %d: %d", a, b, floor, n)
                        .isEqualTo(a.contains(n) && !b.contains(n) && n >= floor);
            }
        }
    }

    @Test
    void refusesWhatAreNotRanges() {
        for (long[] bounds : new long[][] {{1}, {0, 2}, {3, 2}, {1, 2, 2, 4}, {1, 2, 3, 4}, {5, 6, 1, 2}}) {
            assertThatThrownBy(() -> Ranges.of(bounds)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsAsPeopleWriteRanges() {
        Ranges ranges = Ranges.of(1, 5, 7, 7, 9, 12);
        assertThat(ranges).hasToString("1-5, 7, 9-12");
        assertThat(ranges.copy()).isEqualTo(ranges);
    }

    @Test
    void setsAreCutAndJoined() {
        Ranges one = Ranges.of(1, 5, 9, 12);
        assertThat(one.and(Ranges.of(4, 10))).isEqualTo(Ranges.of(4, 5, 9, 10));
        assertThat(one.and(Ranges.of(6, 8)).isEmpty()).isTrue();
        assertThat(one.upTo(9)).isEqualTo(Ranges.of(1, 5, 9, 9));
        assertThat(one.upTo(0).isEmpty()).isTrue();
        assertThat(one.count()).isEqualTo(9);
        Ranges joined = one.copy();
        assertThat(joined.addAll(Ranges.of(2, 4, 10, 10))).isFalse();
        assertThat(joined.addAll(Ranges.of(4, 7))).isTrue();
        assertThat(joined).isEqualTo(Ranges.of(1, 7, 9, 12));
    }

    @Test
    void reachesUpToTheLargestNumber() {
        Ranges one = Ranges.of(3, 3, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(one.minus(Ranges.of(3, 3), 1)).isEqualTo(Ranges.of(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(one.minus(Ranges.of(Long.MAX_VALUE, Long.MAX_VALUE), 1)).isEqualTo(Ranges.of(3, 3));
        assertThat(one.and(Ranges.of(1, Long.MAX_VALUE))).isEqualTo(one);
        one.add(Long.MAX_VALUE - 1);
        assertThat(one).isEqualTo(Ranges.of(3, 3, Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }
}
