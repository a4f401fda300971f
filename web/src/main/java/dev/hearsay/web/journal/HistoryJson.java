package dev.hearsay.web.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.wire.RecordJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The past as browsers get it; docs/dashboard.md describes the fields. */
public final class HistoryJson {

    /** Written down in less than a millisecond. */
    private static final int ITEMS_AT_ONCE = 1000;

    /** They are read and put into words first. */
    private static final int MARKS_AT_ONCE = 50;

    private HistoryJson() {}

    /** All of it as it is now, some at a time. */
    static List<Supplier<String>> history(Past past, Names names) {
        History history = past.history();
        String head = "{\"from\":" + history.fromMicros() + ",\"to\":" + past.nowMicros();
        List<Supplier<String>> pieces = new ArrayList<>(List.of(() -> head));
        add("states", history.states().before().entrySet(), ITEMS_AT_ONCE, HistoryJson::state, pieces);
        add("links", history.links().before().keySet(), ITEMS_AT_ONCE, HistoryJson::link, pieces);
        add("changes", history.states().changes(), ITEMS_AT_ONCE, HistoryJson::change, pieces);
        add("linkChanges", history.links().changes(), ITEMS_AT_ONCE, HistoryJson::linkChange, pieces);
        add("marks", past.marks().since(history.fromMicros()), MARKS_AT_ONCE, mark -> mark(mark, names), pieces);
        pieces.add(() -> "}");
        return pieces;
    }

    private static <T> void add(
            String name, Collection<T> items, int atOnce, Function<T, List<?>> item, List<Supplier<String>> pieces) {
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
    private static <T> String inner(List<T> items, Function<T, List<?>> item) {
        String array = RecordJson.PLAIN.line(items.stream().map(item).toList());
        return array.substring(1, array.length() - 1);
    }

    private static List<?> state(Map.Entry<Integer, NodeState> state) {
        return List.of(state.getKey(), state.getValue().word());
    }

    private static List<?> mark(EventLog.LoggedEvent mark, Names names) {
        return List.of(
                mark.atMicros(),
                mark.event(),
                mark.node(),
                EventRecord.of(mark, names).text());
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
    public static List<Integer> link(History.Pair pair) {
        return List.of(pair.low(), pair.high());
    }

    /** Changes of nodes. */
    public static void states(Collection<Timeline.Change<Integer, NodeState>> changes, JsonGenerator json)
            throws IOException {
        json.writeFieldName("changes");
        RecordJson.PLAIN.write(changes.stream().map(HistoryJson::change).toList(), json);
    }

    /** As {@code [atMicros, node, state]}. */
    private static List<?> change(Timeline.Change<Integer, NodeState> change) {
        return List.of(change.atMicros(), change.key(), change.value().word());
    }

    /** Changes of links. */
    public static void links(Collection<Timeline.Change<History.Pair, Boolean>> changes, JsonGenerator json)
            throws IOException {
        json.writeFieldName("linkChanges");
        RecordJson.PLAIN.write(changes.stream().map(HistoryJson::linkChange).toList(), json);
    }

    /** As {@code [atMicros, a, b, 1 if there is a link from now on, or 0]}. */
    private static List<?> linkChange(Timeline.Change<History.Pair, Boolean> change) {
        return List.of(change.atMicros(), change.key().low(), change.key().high(), change.value() ? 1 : 0);
    }
}
