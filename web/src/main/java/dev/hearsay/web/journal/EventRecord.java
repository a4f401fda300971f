package dev.hearsay.web.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Event;
import dev.hearsay.core.text.EventWords;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * An event as people get it.
 *
 * @param nodes the indices of those that it names
 */
record EventRecord(EventLog.LoggedEvent logged, String text, List<Integer> nodes) {

    private static final int PEERS_SHOWN = 8;

    static EventRecord of(EventLog.LoggedEvent logged, Names names) {
        Event event = logged.read();
        if (event == null) {
            return new EventRecord(logged, "has said more than could be kept; some of it was missed here", List.of());
        }
        List<Integer> nodes = Subjects.nodes(event).stream()
                .map(names::index)
                .filter(node -> node >= 0 && node != logged.node())
                .distinct()
                .toList();
        return new EventRecord(logged, EventWords.of(event), nodes);
    }

    /** Whether somebody finds it who looks for this, in lower case; with names of nodes for their addresses or without. */
    boolean contains(String wanted, Names names) {
        String teller = names.called(logged.node());
        String plain = (teller + " " + names.address(logged.node()) + " " + logged.event() + " " + text)
                .toLowerCase(Locale.ROOT);
        if (plain.contains(wanted)) {
            return true;
        }
        String named = text;
        for (int other : nodes) {
            named = named.replace(names.address(other).toString(), names.called(other));
        }
        return (teller + " " + named).toLowerCase(Locale.ROOT).contains(wanted);
    }

    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("n", logged.number());
        json.writeNumberField("at", logged.atMicros());
        json.writeNumberField("node", logged.node());
        json.writeStringField("signal", logged.event());
        json.writeStringField("text", text);
        if (logged.message() > 0) {
            json.writeNumberField("message", logged.message());
        }
        if (!nodes.isEmpty()) {
            Json.array(
                    "peers",
                    nodes.subList(0, Math.min(PEERS_SHOWN, nodes.size())),
                    json,
                    node -> json.writeNumber(node));
        }
        json.writeEndObject();
    }
}
