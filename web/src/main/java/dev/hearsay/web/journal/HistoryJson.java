package dev.hearsay.web.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The past as browsers get it; docs/dashboard.md describes the fields. */
public final class HistoryJson {

    /** Written down in less than a millisecond. */
    private static final int ITEMS_AT_ONCE = 1000;

    /** They are read and put into words first. */
    private static final int MARKS_AT_ONCE = 50;

    private HistoryJson() {}

    /** Writes one of many. */
    private interface Item<T> {
        void write(T item, JsonGenerator json) throws IOException;
    }

    /** All of it as it is now, some at a time. */
    static List<Supplier<String>> history(Past past, Names names) {
        History history = past.history();
        String head = "{\"from\":" + history.fromMicros() + ",\"to\":" + past.nowMicros();
        List<Supplier<String>> pieces = new ArrayList<>(List.of(() -> head));
        add("states", history.states().before().entrySet(), ITEMS_AT_ONCE, HistoryJson::write, pieces);
        add("links", history.links().before().keySet(), ITEMS_AT_ONCE, HistoryJson::write, pieces);
        add("changes", history.states().changes(), ITEMS_AT_ONCE, HistoryJson::writeState, pieces);
        add("linkChanges", history.links().changes(), ITEMS_AT_ONCE, HistoryJson::writeLink, pieces);
        add(
                "marks",
                past.marks().since(history.fromMicros()),
                MARKS_AT_ONCE,
                (mark, json) -> write(mark, names, json),
                pieces);
        pieces.add(() -> "}");
        return pieces;
    }

    private static <T> void add(
            String name, Collection<T> items, int atOnce, Item<T> item, List<Supplier<String>> pieces) {
        pieces.add(() -> ",\"" + name + "\":[");
        List<T> all = List.copyOf(items);
        for (int from = 0; from < all.size(); from += atOnce) {
            List<T> some = all.subList(from, Math.min(all.size(), from + atOnce));
            String before = from == 0 ? "" : ",";
            pieces.add(() -> before + inner(some, item));
        }
        pieces.add(() -> "]");
    }

    /** An array without its brackets. */
    private static <T> String inner(List<T> items, Item<T> item) {
        String array = Json.line(json -> {
            json.writeStartArray();
            for (T each : items) {
                item.write(each, json);
            }
            json.writeEndArray();
        });
        return array.substring(1, array.length() - 1);
    }

    private static void write(Map.Entry<Integer, NodeState> state, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(state.getKey());
        json.writeString(state.getValue().word());
        json.writeEndArray();
    }

    private static void write(EventLog.LoggedEvent mark, Names names, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(mark.atMicros());
        json.writeString(mark.event());
        json.writeNumber(mark.node());
        json.writeString(EventRecord.of(mark, names).text());
        json.writeEndArray();
    }

    /** The events from that number on, oldest first. */
    public static void events(long from, EventLog journal, Names names, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("events");
        for (long number = Math.max(from, journal.first()); number <= journal.last(); number++) {
            EventRecord.of(journal.logged(number), names).writeTo(json);
        }
        json.writeEndArray();
    }

    /** As {@code [a, b]}. */
    public static void write(History.Pair pair, JsonGenerator json) throws IOException {
        Json.numbers(json, pair.low(), pair.high());
    }

    /** Changes of nodes. */
    public static void states(Collection<Timeline.Change<Integer, NodeState>> changes, JsonGenerator json)
            throws IOException {
        Json.array("changes", changes, json, change -> writeState(change, json));
    }

    /** As {@code [atMicros, node, state]}. */
    private static void writeState(Timeline.Change<Integer, NodeState> change, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(change.atMicros());
        json.writeNumber(change.key());
        json.writeString(change.value().word());
        json.writeEndArray();
    }

    /** Changes of links. */
    public static void links(Collection<Timeline.Change<History.Pair, Boolean>> changes, JsonGenerator json)
            throws IOException {
        Json.array("linkChanges", changes, json, change -> writeLink(change, json));
    }

    /** As {@code [atMicros, a, b, 1 if there is a link from now on, or 0]}. */
    private static void writeLink(Timeline.Change<History.Pair, Boolean> change, JsonGenerator json)
            throws IOException {
        Json.numbers(json, change.atMicros(), change.key().low(), change.key().high(), change.value() ? 1 : 0);
    }
}
