package dev.hearsay.web.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** The history as browsers get it; docs/dashboard.md describes the fields. */
public final class HistoryJson {

    private HistoryJson() {}

    /** The events from that number on, oldest first. */
    public static void events(long from, Journal journal, Names names, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("events");
        for (long number = Math.max(from, journal.first()); number <= journal.last(); number++) {
            EventSight.of(journal.event(number), names).writeTo(json);
        }
        json.writeEndArray();
    }

    /** All of it. */
    static String history(Past past, Names names) {
        History history = past.history();
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("from", history.fromMicros());
            json.writeNumberField("to", past.nowMicros());
            json.writeArrayFieldStart("states");
            for (Map.Entry<Integer, NodeState> state : history.states().before().entrySet()) {
                json.writeStartArray();
                json.writeNumber(state.getKey());
                json.writeString(state.getValue().word());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("links");
            for (History.Pair pair : history.links().before().keySet()) {
                write(pair, json);
            }
            json.writeEndArray();
            states("changes", history.states().changes(), json);
            links("linkChanges", history.links().changes(), json);
            json.writeArrayFieldStart("marks");
            for (Journal.Event event : past.marks().since(history.fromMicros())) {
                json.writeStartArray();
                json.writeNumber(event.atMicros());
                json.writeString(event.signal());
                json.writeNumber(event.node());
                json.writeString(EventSight.of(event, names).text());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** As {@code [a, b]}. */
    public static void write(History.Pair pair, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(pair.low());
        json.writeNumber(pair.high());
        json.writeEndArray();
    }

    /** Each as {@code [atMicros, node, state]}. */
    public static void states(String name, Collection<Timeline.Change<Integer, NodeState>> changes, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Timeline.Change<Integer, NodeState> change : changes) {
            json.writeStartArray();
            json.writeNumber(change.atMicros());
            json.writeNumber(change.key());
            json.writeString(change.value().word());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** Each as {@code [atMicros, a, b, 1 if there is a link from now on, or 0]}. */
    public static void links(
            String name, Collection<Timeline.Change<History.Pair, Boolean>> changes, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Timeline.Change<History.Pair, Boolean> change : changes) {
            json.writeStartArray();
            json.writeNumber(change.atMicros());
            json.writeNumber(change.key().low());
            json.writeNumber(change.key().high());
            json.writeNumber(change.value() ? 1 : 0);
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
