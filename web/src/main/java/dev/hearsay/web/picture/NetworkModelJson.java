package dev.hearsay.web.picture;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.web.http.Permission;
import dev.hearsay.web.journal.EventLog;
import dev.hearsay.web.journal.HistoryJson;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The picture and its changes as browsers get them; docs/dashboard.md describes the fields. */
public final class NetworkModelJson {

    private static final int EVENTS_SHOWN = 300;

    /** More than this in a tenth of a second nobody reads; the numbers of events show that there were more. */
    private static final int EVENTS_AT_ONCE = 200;

    private final NetworkModel picture;
    private final MessageModelJson messages;
    private final String network;
    private final Permission.Control control;
    private final boolean isReplay;

    /**
     * The picture of a network of that name, to those who have that much control.
     *
     * @param isReplay whether it is of what was recorded, and nothing more will happen
     */
    public NetworkModelJson(NetworkModel picture, String network, Permission.Control control, boolean isReplay) {
        this.picture = picture;
        this.messages = new MessageModelJson(picture);
        this.network = network;
        this.control = control;
        this.isReplay = isReplay;
    }

    /** Everything, but of the older messages no more than a summary. */
    String snapshot() {
        return Json.object(json -> {
            json.writeNumberField("v", 1);
            json.writeStringField("network", network);
            json.writeStringField("control", control.name().toLowerCase(Locale.ROOT));
            json.writeBooleanField("replay", isReplay);
            json.writeNumberField("at", picture.nowMicros());
            json.writeObjectFieldStart("window");
            json.writeNumberField("from", picture.past().history().fromMicros());
            json.writeNumberField("first", picture.past().journal().first());
            json.writeNumberField("last", picture.past().journal().last());
            json.writeEndObject();
            HistoryJson.states(List.of(), json);
            HistoryJson.links(List.of(), json);
            nodes(picture.nodes(), json);
            links(json);
            messages.write(picture.messages(), json);
            MessageModel latest = latest();
            MessageModelJson.arrivals(latest, json);
            MessageModelJson.copies(latest, json);
            EventLog journal = picture.past().journal();
            HistoryJson.events(journal.last() - EVENTS_SHOWN + 1, journal, picture, json);
        });
    }

    String changes(Changes changes) {
        return Json.object(json -> {
            json.writeNumberField("at", picture.nowMicros());
            nodes(changes.nodes, json);
            counts(changes, json);
            HistoryJson.states(changes.states, json);
            HistoryJson.links(changes.links, json);
            messages.write(changes.messages, json);
            Json.array(
                    "arrivals",
                    changes.arrivals,
                    json,
                    arrived -> MessageModelJson.write(arrived.message(), arrived.arrival(), json));
            Json.array(
                    "copies",
                    changes.copies,
                    json,
                    copied -> MessageModelJson.write(copied.message(), copied.copy(), json));
            EventLog journal = picture.past().journal();
            HistoryJson.events(
                    Math.max(changes.eventsAfter, journal.last() - EVENTS_AT_ONCE) + 1, journal, picture, json);
        });
    }

    private @Nullable MessageModel latest() {
        MessageModel latest = null;
        for (MessageModel message : picture.messages()) {
            if (latest == null || message.beginMicros() > latest.beginMicros()) {
                latest = message;
            }
        }
        return latest;
    }

    private void nodes(Collection<NodeModel> nodes, JsonGenerator json) throws IOException {
        Map<String, Integer> names = new HashMap<>();
        picture.nodes().forEach(node -> names.merge(node.name(), 1, Integer::sum));
        long now = picture.nowMicros();
        Json.array("nodes", nodes, json, node -> {
            boolean isOnlyOne = !node.name().isEmpty() && names.getOrDefault(node.name(), 0) == 1;
            json.writeStartObject();
            json.writeNumberField("i", node.index);
            json.writeStringField("address", node.address.toString());
            // Nodes that run alone may all be called alike.
            json.writeStringField("name", isOnlyOne ? node.name() : node.address.toString());
            json.writeStringField("role", node.told.role());
            json.writeStringField("state", node.shown.word());
            json.writeBooleanField("reporting", node.isReporting(now));
            json.writeNumberField("heard", node.heardMicros);
            json.writeNumberField("received", node.received);
            json.writeNumberField("duplicates", node.duplicates);
            json.writeNumberField("published", node.published);
            json.writeNumberField("queued", node.told.queued());
            json.writeNumberField("members", node.told.members());
            indexes("suspectedBy", node.suspectedBy, json);
            indexes("givenUpBy", node.givenUpBy, json);
            json.writeEndObject();
        });
    }

    /**
     * A message changes the counts of all nodes; so those that have changed nothing else are told of in few words, as {@code [node, received,
     * duplicates, published]}.
     */
    private static void counts(Changes changes, JsonGenerator json) throws IOException {
        Json.array("counts", changes.counted, json, node -> {
            if (!changes.nodes.contains(node)) {
                Json.numbers(json, node.index, node.received, node.duplicates, node.published);
            }
        });
    }

    private void indexes(String name, Collection<NodeId> addresses, JsonGenerator json) throws IOException {
        Json.array(name, addresses, json, address -> {
            NodeModel node = picture.node(address);
            if (node != null) {
                json.writeNumber(node.index);
            }
        });
    }

    /** Every link once. */
    private void links(JsonGenerator json) throws IOException {
        Json.array(
                "links",
                picture.past().history().links().keysThatAre(true),
                json,
                pair -> Json.numbers(json, pair.low(), pair.high()));
    }
}
