package dev.hearsay.live.node;

import dev.hearsay.core.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The last signals of one node, numbered in the order in which they were told. Grows up to its capacity, then the
 * oldest make room. Used on the node's loop only.
 */
public final class SignalRing {

    private static final int FIRST_CAPACITY = 16;

    private final int capacityMax;
    private final long base;
    private @Nullable Signal[] signals = new Signal[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private long first;
    private long last;

    /**
     * A ring of at most so many signals, rounded up to a power of two.
     *
     * @param last the number of the last signal that was told before; numbers go on from there
     */
    public SignalRing(int capacityMax, long last) {
        this.capacityMax = Math.max(FIRST_CAPACITY, Integer.highestOneBit(2 * capacityMax - 1));
        this.base = last;
        this.last = last;
        this.first = last + 1;
    }

    /** The number after which this ring began. */
    public long base() {
        return base;
    }

    void add(long atMicros, Signal signal) {
        if (last - first + 1 == signals.length) {
            if (signals.length < capacityMax) {
                grow();
            } else {
                first++;
            }
        }
        last++;
        int slot = slot(last);
        signals[slot] = signal;
        times[slot] = atMicros;
    }

    private void grow() {
        @Nullable Signal[] more = new Signal[2 * signals.length];
        long[] moreTimes = new long[more.length];
        for (long number = first; number <= last; number++) {
            more[(int) (number & more.length - 1)] = signals[slot(number)];
            moreTimes[(int) (number & more.length - 1)] = times[slot(number)];
        }
        signals = more;
        times = moreTimes;
    }

    private int slot(long number) {
        return (int) (number & signals.length - 1);
    }

    /** The number of the oldest signal that is still here; one more than {@link #last} if there is none. */
    public long first() {
        return first;
    }

    /** The number of the newest signal; that of the base if there has been none. */
    public long last() {
        return last;
    }

    /** The signal of that number, which must be from {@link #first} to {@link #last}. */
    public Signal signal(long number) {
        Signal signal = number < first || number > last ? null : signals[slot(number)];
        if (signal == null) {
            throw new IndexOutOfBoundsException("signal " + number + " is not among " + first + " to " + last);
        }
        return signal;
    }

    /** When that signal was told, microseconds since 1970. */
    public long atMicros(long number) {
        return times[slot(number)];
    }
}
