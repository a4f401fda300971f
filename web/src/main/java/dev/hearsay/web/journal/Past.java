package dev.hearsay.web.journal;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.TraceJson;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/** What was: the events, how nodes and links were at each moment of the same while, and what of it is worth a mark. */
public record Past(LongSupplier clockMicros, EventLog journal, History history, Marks marks) {

    /** A past that begins now and keeps so many events. The clock tells microseconds since 1970. */
    public static Past begin(LongSupplier clockMicros, int eventsMax) {
        History history = new History(clockMicros.getAsLong());
        EventLog journal = new EventLog(
                eventsMax,
                EventLog.CHARACTERS_MAX,
                atMicros -> history.forget(Math.min(atMicros, clockMicros.getAsLong())));
        return new Past(clockMicros, journal, history, new Marks());
    }

    long nowMicros() {
        return clockMicros.getAsLong();
    }

    /**
     * A node has told something.
     *
     * @param node its index
     * @param message the number of the message that it is about; 0 if it is about none
     * @param line the line of the trace
     */
    public void add(long atMicros, int node, NodeId address, Event event, int message, String line) {
        history.reachBack(atMicros);
        marks.observe(journal.add(atMicros, node, TraceJson.name(event), message, line), address, event);
    }

    /** Lets go of some nodes, and so of the events up to the last one that any of them has told. */
    public void forget(IntPredicate which) {
        journal.forget(which);
        history.forget(which);
    }

    /** Some of what a node has told is gone for good. */
    public void addMissed(long atMicros, int node) {
        history.reachBack(atMicros);
        journal.add(atMicros, node, EventLog.MISSED, 0, "");
    }
}
