package dev.hearsay.sim.queue;

import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The queue as one would write it down to say what it means: the oracle of {@link CalendarQueue}, and the queue for those who want to look at
 * what is to come, or meddle with it.
 */
public final class HeapQueue implements EventQueue {

    /**
     * An event that is to come, or is at the cursor.
     *
     * @param order decides among events of the same time
     * @param number which this was to be added, from 0
     */
    public record Event(long atNanos, long order, long number, int node, int from, Object what)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long added;
    private long hastened;
    private @Nullable Event current;

    @Override
    public void add(long atNanos, int node, int from, Object what) {
        if (current != null && atNanos < current.atNanos) {
            throw new IllegalArgumentException("an event at " + atNanos + " ns comes after " + current.atNanos + " ns");
        }
        events.add(new Event(atNanos, added, added, node, from, what));
        added++;
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

    /** The event at the cursor. */
    public Event current() {
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

    /** How many events were ever added: the number of the next. */
    public long added() {
        return added;
    }

    /** All events to come, in their order. */
    public List<Event> ahead() {
        return events.stream().sorted().toList();
    }

    /** The event to come of that number; null if there is none. */
    public @Nullable Event find(long number) {
        for (Event event : events) {
            if (event.number == number) {
                return event;
            }
        }
        return null;
    }

    /** Takes away an event that is to come. */
    public void remove(Event event) {
        if (!events.remove(event)) {
            throw new IllegalArgumentException("event " + event.number + " is not to come");
        }
    }

    /** Makes an event that is to come the next one, now. */
    public void hasten(Event event) {
        remove(event);
        events.add(new Event(atNanos(), --hastened, event.number, event.node, event.from, event.what));
    }
}
