package dev.hearsay.sim.queue;

import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The queue as one would write it down to say what it means: the oracle of {@link CalendarQueue}. */
public final class HeapQueue implements EventQueue {

    private record Event(long atNanos, long number, int node, int from, Object what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long added;
    private @Nullable Event current;

    @Override
    public void add(long atNanos, int node, int from, Object what) {
        if (current != null && atNanos < current.atNanos) {
            throw new IllegalArgumentException("an event at " + atNanos + " ns comes after " + current.atNanos + " ns");
        }
        events.add(new Event(atNanos, added++, node, from, what));
    }

    @Override
    public boolean next() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        current = event;
        return true;
    }

    private Event current() {
        return Objects.requireNonNull(current, "next() has not been called");
    }

    @Override
    public long atNanos() {
        return current == null ? 0 : current.atNanos;
    }

    @Override
    public int node() {
        return current().node;
    }

    @Override
    public int from() {
        return current().from;
    }

    @Override
    public Object what() {
        return current().what;
    }

    @Override
    public int upcoming(int ahead) {
        return -1;
    }

    @Override
    public long size() {
        return events.size();
    }
}
