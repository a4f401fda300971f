package dev.hearsay.web.journal;

import dev.hearsay.core.Event;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The last events of the network, numbered without gaps in the order in which they were heard of. They are kept as lines of the trace; words
 * are made of them for whoever asks.
 */
public final class EventLog {

    /** So many events are kept. */
    public static final int EVENTS_MAX = 100_000;

    /** Lists of members may be long; if lines are longer than 640 characters on average, fewer events are kept. */
    public static final long CHARACTERS_MAX = 64L << 20;

    /** The name of what no node says: some of its events were lost. */
    static final String MISSED = "missed";

    /**
     * Something that a node has told.
     *
     * @param node its index
     * @param message the number of the message that it is about; 0 if it is about none
     * @param line of the trace; empty if events were missed
     */
    public record LoggedEvent(long number, long atMicros, int node, String event, int message, String line) {

        /** What happened; null if that was missed. */
        public @Nullable Event read() {
            if (line.isEmpty()) {
                return null;
            }
            try {
                return TraceJson.read(line).event();
            } catch (WireException e) {
                throw new IllegalStateException("a line that was read before cannot be read: " + line, e);
            }
        }
    }

    private static final int FIRST_CAPACITY = 1024;

    private final int eventsMax;
    private final long charactersMax;
    private final LongConsumer onForgotten;
    private @Nullable LoggedEvent[] ring;
    private long first = 1;
    private long last;
    private long characters;

    /**
     * An empty journal.
     *
     * @param eventsMax how many events it keeps
     * @param charactersMax how many characters their lines may have altogether
     * @param onForgotten hears the moments of the events that had to make room
     */
    public EventLog(int eventsMax, long charactersMax, LongConsumer onForgotten) {
        this.eventsMax = eventsMax;
        this.charactersMax = charactersMax;
        this.onForgotten = onForgotten;
        this.ring = new LoggedEvent[Math.min(FIRST_CAPACITY, eventsMax)];
    }

    public LoggedEvent add(long atMicros, int node, String event, int message, String line) {
        while (last - first + 1 == eventsMax || (first <= last && characters + line.length() > charactersMax)) {
            forgetFirst();
        }
        if (last - first + 1 == ring.length) {
            grow();
        }
        LoggedEvent logged = new LoggedEvent(++last, atMicros, node, event, message, line);
        ring[slot(last)] = logged;
        characters += line.length();
        return logged;
    }

    /** Lets go of the events up to the last one of these nodes. */
    void forget(IntPredicate which) {
        long until = last;
        while (until >= first && !which.test(logged(until).node)) {
            until--;
        }
        while (first <= until) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        LoggedEvent oldest = logged(first);
        ring[slot(first)] = null;
        characters -= oldest.line.length();
        first++;
        onForgotten.accept(oldest.atMicros);
    }

    private void grow() {
        List<LoggedEvent> all = new ArrayList<>(ring.length);
        for (long number = first; number <= last; number++) {
            all.add(logged(number));
        }
        ring = Arrays.copyOf(ring, Math.min(eventsMax, 2 * ring.length));
        all.forEach(logged -> ring[slot(logged.number)] = logged);
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    /** The number of the oldest event that is kept; one more than the last if there is none. */
    public long first() {
        return first;
    }

    /** The number of the newest event; 0 if there was none. */
    public long last() {
        return last;
    }

    /** Whether that event is kept. */
    public boolean has(long number) {
        return number >= first && number <= last;
    }

    /** The event of that number, which must be kept. */
    public LoggedEvent logged(long number) {
        LoggedEvent logged = has(number) ? ring[slot(number)] : null;
        if (logged == null) {
            throw new IndexOutOfBoundsException("event " + number + " is not among " + first + " to " + last);
        }
        return logged;
    }
}
