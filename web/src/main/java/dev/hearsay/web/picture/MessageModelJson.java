package dev.hearsay.web.picture;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages and their ways as browsers get them; docs/dashboard.md describes the fields. */
public final class MessageModelJson {

    private final NetworkModel picture;

    /** Messages of that picture. */
    public MessageModelJson(NetworkModel picture) {
        this.picture = picture;
    }

    /** One message and its whole way. */
    public String message(MessageModel message) {
        return Json.object(json -> {
            write(List.of(message), json);
            int[] hops = message.hops();
            json.writeFieldName("hops");
            json.writeArray(hops, 0, hops.length);
            Json.array("missing", picture.nodes(), json, node -> {
                if (node.counts() && !message.arrivals.containsKey(node.index)) {
                    json.writeNumber(node.index);
                }
            });
            arrivals(message, json);
            copies(message, json);
        });
    }

    /** The summaries of all messages. */
    public String messages() {
        return Json.object(json -> {
            write(picture.messages(), json);
        });
    }

    /** The summaries of some messages. */
    void write(Collection<MessageModel> messages, JsonGenerator json) throws IOException {
        long expected = picture.expected();
        Json.array("messages", messages, json, message -> {
            MessageModel.Times times = message.times();
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
        });
    }

    /** The first copies of a message; none if there is no message. */
    static void arrivals(@Nullable MessageModel message, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("arrivals");
        if (message != null) {
            for (MessageModel.Arrival arrival : message.arrivals.values()) {
                write(message, arrival, json);
            }
        }
        json.writeEndArray();
    }

    /** Its other copies. */
    static void copies(@Nullable MessageModel message, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("copies");
        if (message != null) {
            for (MessageModel.Copy copy : message.copies()) {
                write(message, copy, json);
            }
        }
        json.writeEndArray();
    }

    /** As {@code [message, node, from, atMicros, hops]}. */
    static void write(MessageModel message, MessageModel.Arrival arrival, JsonGenerator json) throws IOException {
        Json.numbers(json, message.number, arrival.node(), arrival.from(), arrival.atMicros(), arrival.hops());
    }

    /** As {@code [message, from, to, atMicros]}. */
    static void write(MessageModel message, MessageModel.Copy copy, JsonGenerator json) throws IOException {
        Json.numbers(json, message.number, copy.from(), copy.to(), copy.atMicros());
    }
}
