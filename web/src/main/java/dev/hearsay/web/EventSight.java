package dev.hearsay.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.live.node.SignalText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * An event as people get it.
 *
 * @param nodes those that it names
 */
record EventSight(Journal.Event event, String text, List<NodeSight> nodes) {

    private static final int PEERS_SHOWN = 8;

    static EventSight of(Journal.Event event, NetworkPicture picture) {
        Signal signal = event.read();
        if (signal == null) {
            return new EventSight(event, "has said more than could be kept; some of it was missed here", List.of());
        }
        List<NodeSight> nodes = Subjects.nodes(signal).stream()
                .distinct()
                .mapMulti((NodeId address, Consumer<NodeSight> use) -> {
                    NodeSight node = picture.node(address);
                    if (node != null && node.index != event.node()) {
                        use.accept(node);
                    }
                })
                .toList();
        return new EventSight(event, SignalText.words(signal), nodes);
    }

    /** Whether somebody finds it who looks for this, in lower case; with names of nodes for their addresses or without. */
    boolean contains(String wanted, NodeSight node) {
        String plain =
                (node.called() + " " + node.address + " " + event.signal() + " " + text).toLowerCase(Locale.ROOT);
        if (plain.contains(wanted)) {
            return true;
        }
        String named = text;
        for (NodeSight other : nodes) {
            named = named.replace(other.address.toString(), other.called());
        }
        return (node.called() + " " + named).toLowerCase(Locale.ROOT).contains(wanted);
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
            json.writeArrayFieldStart("peers");
            for (NodeSight node : nodes.subList(0, Math.min(PEERS_SHOWN, nodes.size()))) {
                json.writeNumber(node.index);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
