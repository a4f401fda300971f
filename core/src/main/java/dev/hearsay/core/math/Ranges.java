package dev.hearsay.core.math;

import java.util.Arrays;

/**
 * A set of positive numbers kept as sorted, disjoint, non-adjacent closed ranges: small when the numbers are mostly
 * contiguous, as the sequence numbers of an origin are. Mutable; a set that was put into a message is no longer written.
 */
public final class Ranges {

    /** {@code bounds[2 * i]} is the first and {@code bounds[2 * i + 1]} the last number of range {@code i}. */
    private long[] bounds;

    private int size;

    public Ranges() {
        bounds = new long[2];
    }

    private Ranges(long[] bounds, int size) {
        this.bounds = bounds;
        this.size = size;
    }

    /**
     * Reads {@code first, last, first, last …}.
     *
     * @throws IllegalArgumentException if the bounds are not positive, sorted, disjoint and in pairs
     */
    public static Ranges of(long... bounds) {
        if (bounds.length % 2 != 0) {
            throw new IllegalArgumentException("ranges are pairs of first and last, but there are " + bounds.length);
        }
        long previous = -1;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] < 1 || bounds[i + 1] < bounds[i] || bounds[i] <= previous + (i == 0 ? 0 : 1)) {
                throw new IllegalArgumentException("ranges must be positive, ascending and apart: " + bounds[i]);
            }
            previous = bounds[i + 1];
        }
        return new Ranges(bounds.clone(), bounds.length / 2);
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** How many ranges there are. */
    public int size() {
        return size;
    }

    public long first(int range) {
        return bounds[2 * range];
    }

    public long last(int range) {
        return bounds[2 * range + 1];
    }

    /** The largest n such that 1 … n are all here; 0 if 1 is not. */
    public long contiguous() {
        return size > 0 && bounds[0] == 1 ? bounds[1] : 0;
    }

    /** The largest number here; 0 if there is none. */
    public long max() {
        return size == 0 ? 0 : bounds[2 * size - 1];
    }

    public boolean contains(long number) {
        int range = lastStartingUpTo(number);
        return range >= 0 && number <= last(range);
    }

    /** Adds one number; false if it was here. */
    public boolean add(long number) {
        if (contains(number)) {
            return false;
        }
        add(number, number);
        return true;
    }

    /** Adds all numbers from first to last. */
    public void add(long first, long last) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a range of positive numbers: " + first + " to " + last);
        }
        int from = lastStartingUpTo(first);
        if (from < 0 || last(from) < first - 1) {
            from++;
        }
        int to = from;
        long newFirst = first;
        long newLast = last;
        while (to < size && (first(to) <= last || first(to) - 1 == last)) {
            newFirst = Math.min(newFirst, first(to));
            newLast = Math.max(newLast, last(to));
            to++;
        }
        replace(from, to, newFirst, newLast);
    }

    /** Takes one number out; false if it was not here. */
    public boolean remove(long number) {
        int range = lastStartingUpTo(number);
        if (range < 0 || last(range) < number) {
            return false;
        }
        long first = first(range);
        long last = last(range);
        if (first == last) {
            System.arraycopy(bounds, 2 * range + 2, bounds, 2 * range, 2 * (size - range - 1));
            size--;
        } else if (number == first) {
            bounds[2 * range] = number + 1;
        } else {
            bounds[2 * range + 1] = number - 1;
            if (number < last) {
                replace(range + 1, range + 1, number + 1, last);
            }
        }
        return true;
    }

    private void replace(int from, int to, long first, long last) {
        int newSize = size - (to - from) + 1;
        if (2 * newSize > bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(2 * newSize, bounds.length + (bounds.length >> 2) / 2 * 2 + 2));
        }
        System.arraycopy(bounds, 2 * to, bounds, 2 * from + 2, 2 * (size - to));
        bounds[2 * from] = first;
        bounds[2 * from + 1] = last;
        size = newSize;
        assert isApart(from) : "ranges overlap or touch at " + first + " to " + last;
    }

    private boolean isApart(int range) {
        return first(range) <= last(range)
                && (range == 0 || last(range - 1) < first(range) - 1)
                && (range == size - 1 || last(range) < first(range + 1) - 1);
    }

    /** The numbers here that are not in the other, none below {@code floor}. */
    public Ranges minus(Ranges other, long floor) {
        Ranges result = new Ranges();
        int j = 0;
        for (int i = 0; i < size; i++) {
            long at = Math.max(first(i), floor);
            while (at <= last(i)) {
                while (j < other.size && other.last(j) < at) {
                    j++;
                }
                if (j == other.size || other.first(j) > last(i)) {
                    result.append(at, last(i));
                    break;
                }
                if (other.first(j) > at) {
                    result.append(at, other.first(j) - 1);
                }
                if (other.last(j) >= last(i)) {
                    break;
                }
                at = other.last(j) + 1;
            }
        }
        return result;
    }

    /** Whether all numbers of the other are here. */
    public boolean containsAll(Ranges other) {
        for (int i = 0; i < other.size; i++) {
            int range = lastStartingUpTo(other.first(i));
            if (range < 0 || last(range) < other.last(i)) {
                return false;
            }
        }
        return true;
    }

    /** The numbers that are both here and in the other. */
    public Ranges and(Ranges other) {
        return minus(minus(other, 1), 1);
    }

    /** The numbers here up to this one. */
    public Ranges upTo(long number) {
        return number < 1 ? new Ranges() : and(of(1, number));
    }

    /** Adds all numbers of the other; false if all were here. */
    public boolean addAll(Ranges other) {
        if (containsAll(other)) {
            return false;
        }
        // Side by side: to add one after the other is quadratic, and others may send many.
        long[] all = new long[2 * (size + other.size)];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            boolean isMine = j == other.size || (i < size && first(i) <= other.first(j));
            long first = isMine ? first(i) : other.first(j);
            long last = isMine ? last(i++) : other.last(j++);
            if (count > 0 && first - 1 <= all[2 * count - 1]) {
                all[2 * count - 1] = Math.max(all[2 * count - 1], last);
            } else {
                all[2 * count] = first;
                all[2 * count + 1] = last;
                count++;
            }
        }
        bounds = Arrays.copyOf(all, 2 * count);
        size = count;
        return true;
    }

    /** How many numbers there are. */
    public long count() {
        long count = 0;
        for (int i = 0; i < size; i++) {
            count += last(i) - first(i) + 1;
        }
        return count;
    }

    private void append(long first, long last) {
        replace(size, size, first, last);
    }

    public Ranges copy() {
        return new Ranges(Arrays.copyOf(bounds, 2 * size), size);
    }

    /** {@code first, last, first, last …}, the form in which they travel. */
    public long[] toBounds() {
        return Arrays.copyOf(bounds, 2 * size);
    }

    private int lastStartingUpTo(long number) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (first(middle) <= number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges ranges && Arrays.equals(bounds, 0, 2 * size, ranges.bounds, 0, 2 * ranges.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < 2 * size; i++) {
            hash = 31 * hash + Long.hashCode(bounds[i]);
        }
        return hash;
    }

    /** As people write ranges: {@code 1-5, 7, 9-12}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(first(i));
            if (last(i) > first(i)) {
                text.append('-').append(last(i));
            }
        }
        return text.toString();
    }
}
