package dev.hearsay.web.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Signal;
import dev.hearsay.core.text.SignalWords;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * An event as people get it.
 *
 * @param nodes the indices of those that it names
 */
record EventSight(Journal.Event event, String text, List<Integer> nodes) {

    private static final int PEERS_SHOWN = 8;

    static EventSight of(Journal.Event event, Names names) {
        Signal signal = event.read();
        if (signal == null) {
            return new EventSight(event, "has said more than could be kept; some of it was missed here", List.of());
        }
        List<Integer> nodes = Subjects.nodes(signal).stream()
                .map(names::index)
                .filter(node -> node >= 0 && node != event.node())
                .distinct()
                .toList();
        return new EventSight(event, SignalWords.of(signal), nodes);
    }

    /** Whether somebody finds it who looks for this, in lower case; with names of nodes for their addresses or without. */
    boolean contains(String wanted, Names names) {
        String teller = names.called(event.node());
        String plain = (teller + " " + names.address(event.node()) + " " + event.signal() + " " + text)
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
        json.writeNumberField("n", event.number());
        json.writeNumberField("at", event.atMicros());
        json.writeNumberField("node", event.node());
        json.writeStringField("signal", event.signal());
        json.writeStringField("text", text);
        if (event.message() > 0) {
            json.writeNumberField("message", event.message());
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
