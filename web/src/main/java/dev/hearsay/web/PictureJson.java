package dev.hearsay.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The picture and its changes as browsers get them; docs/dashboard.md describes the fields. */
final class PictureJson {

    private static final int EVENTS_SHOWN = 300;

    /** More than this in a tenth of a second nobody reads; the numbers of events show that there were more. */
    private static final int EVENTS_AT_ONCE = 200;

    private final NetworkPicture picture;
    private final String network;
    private final DashboardOptions.Control control;
    private final boolean isReplay;

    /**
     * Of a picture.
     *
     * @param isReplay whether it is of what was recorded, and nothing more will happen
     */
    PictureJson(NetworkPicture picture, String network, DashboardOptions.Control control, boolean isReplay) {
        this.picture = picture;
        this.network = network;
        this.control = control;
        this.isReplay = isReplay;
    }

    /** Everything, but of the older messages no more than a summary. */
    String snapshot() {
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("v", 1);
            json.writeStringField("network", network);
            json.writeStringField("control", lower(control));
            json.writeBooleanField("replay", isReplay);
            json.writeNumberField("at", picture.nowMicros());
            json.writeObjectFieldStart("window");
            json.writeNumberField("from", picture.history().fromMicros());
            json.writeNumberField("first", picture.journal().first());
            json.writeNumberField("last", picture.journal().last());
            json.writeEndObject();
            json.writeArrayFieldStart("changes");
            json.writeEndArray();
            json.writeArrayFieldStart("linkChanges");
            json.writeEndArray();
            nodes(picture.nodes(), json);
            links(json);
            messages(picture.messages(), json);
            MessageSight latest = latest();
            json.writeArrayFieldStart("arrivals");
            if (latest != null) {
                for (MessageSight.Arrival arrival : latest.arrivals.values()) {
                    write(latest, arrival, json);
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("copies");
            if (latest != null) {
                for (MessageSight.Copy copy : latest.copies()) {
                    write(latest, copy, json);
                }
            }
            json.writeEndArray();
            events(picture.journal().last() - EVENTS_SHOWN, json);
            json.writeEndObject();
        });
    }

    String changes(Changes changes) {
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("at", picture.nowMicros());
            nodes(changes.nodes, json);
            HistoryJson.states("changes", changes.states, json);
            HistoryJson.links("linkChanges", changes.links, json);
            if (!changes.links.isEmpty()) {
                links(json);
            }
            messages(changes.messages, json);
            json.writeArrayFieldStart("arrivals");
            for (Changes.Arrived arrived : changes.arrivals) {
                write(arrived.message(), arrived.arrival(), json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("copies");
            for (Changes.Copied copied : changes.copies) {
                write(copied.message(), copied.copy(), json);
            }
            json.writeEndArray();
            events(Math.max(changes.eventsAfter, picture.journal().last() - EVENTS_AT_ONCE), json);
            json.writeEndObject();
        });
    }

    /** One message and its whole way. */
    String message(MessageSight message) {
        return Json.line(json -> {
            json.writeStartObject();
            messages(List.of(message), json);
            json.writeArrayFieldStart("hops");
            for (int count : message.hops()) {
                json.writeNumber(count);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("missing");
            for (NodeSight node : picture.nodes()) {
                if (node.counts() && !message.arrivals.containsKey(node.index)) {
                    json.writeNumber(node.index);
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("arrivals");
            for (MessageSight.Arrival arrival : message.arrivals.values()) {
                write(message, arrival, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("copies");
            for (MessageSight.Copy copy : message.copies()) {
                write(message, copy, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The summaries of all messages. */
    String messages() {
        return Json.line(json -> {
            json.writeStartObject();
            messages(picture.messages(), json);
            json.writeEndObject();
        });
    }

    private @Nullable MessageSight latest() {
        MessageSight latest = null;
        for (MessageSight message : picture.messages()) {
            if (latest == null || message.beginMicros() > latest.beginMicros()) {
                latest = message;
            }
        }
        return latest;
    }

    private void nodes(Collection<NodeSight> nodes, JsonGenerator json) throws IOException {
        Map<String, Integer> names = new HashMap<>();
        picture.nodes().forEach(node -> names.merge(node.name, 1, Integer::sum));
        long now = picture.nowMicros();
        json.writeArrayFieldStart("nodes");
        for (NodeSight node : nodes) {
            boolean isOnlyOne = !node.name.isEmpty() && names.getOrDefault(node.name, 0) == 1;
            json.writeStartObject();
            json.writeNumberField("i", node.index);
            json.writeStringField("address", node.address.toString());
            // Nodes that run alone may all be called alike.
            json.writeStringField("name", isOnlyOne ? node.name : node.address.toString());
            json.writeStringField("role", node.role);
            json.writeStringField("state", lower(node.shown));
            json.writeBooleanField("reporting", node.isReporting(now));
            json.writeNumberField("heard", node.heardMicros);
            json.writeNumberField("received", node.received);
            json.writeNumberField("duplicates", node.duplicates);
            json.writeNumberField("published", node.published);
            json.writeNumberField("queued", node.queued);
            json.writeNumberField("messages", node.messages);
            json.writeNumberField("members", node.members);
            indexes("suspectedBy", node.suspectedBy, json);
            indexes("givenUpBy", node.givenUpBy, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void indexes(String name, Collection<NodeId> addresses, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (NodeId address : addresses) {
            NodeSight node = picture.node(address);
            if (node != null) {
                json.writeNumber(node.index);
            }
        }
        json.writeEndArray();
    }

    /** Every link once. */
    private void links(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("links");
        for (History.Pair pair : picture.history().links().keysThatAre(true)) {
            HistoryJson.write(pair, json);
        }
        json.writeEndArray();
    }

    private void messages(Collection<MessageSight> messages, JsonGenerator json) throws IOException {
        long expected = picture.expected();
        json.writeArrayFieldStart("messages");
        for (MessageSight message : messages) {
            MessageSight.Times times = message.times();
            json.writeStartObject();
            json.writeNumberField("m", message.number);
            json.writeStringField("id", message.id.toString());
            json.writeStringField("text", message.text == null ? "" : message.text);
            json.writeNumberField("origin", message.origin);
            json.writeNumberField("at", message.beginMicros());
            json.writeNumberField("reached", picture.reached(message));
            json.writeNumberField("of", expected);
            json.writeNumberField("t50", times.half());
            json.writeNumberField("t90", times.ninetyPercent());
            json.writeNumberField("t100", times.last());
            json.writeNumberField("duplicates", message.duplicates);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** As {@code [message, node, from, atMicros, hops]}. */
    private static void write(MessageSight message, MessageSight.Arrival arrival, JsonGenerator json)
            throws IOException {
        json.writeStartArray();
        json.writeNumber(message.number);
        json.writeNumber(arrival.node());
        json.writeNumber(arrival.from());
        json.writeNumber(arrival.atMicros());
        json.writeNumber(arrival.hops());
        json.writeEndArray();
    }

    /** As {@code [message, from, to, atMicros]}. */
    private static void write(MessageSight message, MessageSight.Copy copy, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(message.number);
        json.writeNumber(copy.from());
        json.writeNumber(copy.to());
        json.writeNumber(copy.atMicros());
        json.writeEndArray();
    }

    /** Those after that number. */
    private void events(long after, JsonGenerator json) throws IOException {
        Journal journal = picture.journal();
        json.writeArrayFieldStart("events");
        for (long number = Math.max(after + 1, journal.first()); number <= journal.last(); number++) {
            EventSight.of(journal.event(number), picture).writeTo(json);
        }
        json.writeEndArray();
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
