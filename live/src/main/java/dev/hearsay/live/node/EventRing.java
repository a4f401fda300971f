package dev.hearsay.live.node;

import dev.hearsay.core.Event;
import org.jspecify.annotations.Nullable;

/**
 * The last events of one node, numbered in the order in which they were told. Grows up to its capacity, then the
 * oldest make room. Used on the node's loop only.
 */
public final class EventRing {

    private static final int FIRST_CAPACITY = 16;

    private final int capacityMax;
    private final long base;
    private @Nullable Event[] events = new Event[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private long first;
    private long last;

    /**
     * A ring of at most so many events, rounded up to a power of two.
     *
     * @param last the number of the last event that was told before; numbers go on from there
     */
    public EventRing(int capacityMax, long last) {
        this.capacityMax = Math.max(FIRST_CAPACITY, Integer.highestOneBit(2 * capacityMax - 1));
        this.base = last;
        this.last = last;
        this.first = last + 1;
    }

    /** The number after which this ring began. */
    public long base() {
        return base;
    }

    void add(long atMicros, Event event) {
        if (last - first + 1 == events.length) {
            if (events.length < capacityMax) {
                grow();
            } else {
                first++;
            }
        }
        last++;
        int slot = slot(last);
        events[slot] = event;
        times[slot] = atMicros;
    }

    private void grow() {
        @Nullable Event[] more = new Event[2 * events.length];
        long[] moreTimes = new long[more.length];
        for (long number = first; number <= last; number++) {
            more[(int) (number & more.length - 1)] = events[slot(number)];
            moreTimes[(int) (number & more.length - 1)] = times[slot(number)];
        }
        events = more;
        times = moreTimes;
    }

    private int slot(long number) {
        return (int) (number & events.length - 1);
    }

    /** The number of the oldest event that is still here; one more than {@link #last} if there is none. */
    public long first() {
        return first;
    }

    /** The number of the newest event; that of the base if there has been none. */
    public long last() {
        return last;
    }

    /** The event of that number, which must be from {@link #first} to {@link #last}. */
    public Event event(long number) {
        Event event = number < first || number > last ? null : events[slot(number)];
        if (event == null) {
            throw new IndexOutOfBoundsException("signal " + number + " is not among " + first + " to " + last);
        }
        return event;
    }

    /** When that event was told, microseconds since 1970. */
    public long atMicros(long number) {
        return times[slot(number)];
    }
}
