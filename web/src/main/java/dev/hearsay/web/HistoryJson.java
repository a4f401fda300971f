package dev.hearsay.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** The history as browsers get it; docs/dashboard.md describes the fields. */
final class HistoryJson {

    private HistoryJson() {}

    /** All of it. */
    static String history(NetworkPicture picture) {
        History history = picture.history();
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("from", history.fromMicros());
            json.writeNumberField("to", picture.nowMicros());
            json.writeArrayFieldStart("states");
            for (Map.Entry<Integer, NodeSight.State> state :
                    history.states().before().entrySet()) {
                json.writeStartArray();
                json.writeNumber(state.getKey());
                json.writeString(PictureJson.lower(state.getValue()));
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
            for (Journal.Event event : picture.marks().since(history.fromMicros())) {
                json.writeStartArray();
                json.writeNumber(event.atMicros());
                json.writeString(event.signal());
                json.writeNumber(event.node());
                json.writeString(EventSight.of(event, picture).text());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static void write(History.Pair pair, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(pair.low());
        json.writeNumber(pair.high());
        json.writeEndArray();
    }

    /** Each as {@code [atMicros, node, state]}. */
    static void states(String name, Collection<Timeline.Change<Integer, NodeSight.State>> changes, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Timeline.Change<Integer, NodeSight.State> change : changes) {
            json.writeStartArray();
            json.writeNumber(change.atMicros());
            json.writeNumber(change.key());
            json.writeString(PictureJson.lower(change.value()));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** Each as {@code [atMicros, a, b, 1 if there is a link from now on, or 0]}. */
    static void links(String name, Collection<Timeline.Change<History.Pair, Boolean>> changes, JsonGenerator json)
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
