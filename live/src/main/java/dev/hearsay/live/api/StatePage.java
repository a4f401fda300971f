package dev.hearsay.live.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.SignalText;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/** {@code GET /state}: what the node knows and does. */
final class StatePage {

    private StatePage() {}

    static void send(NodeView node, NodeDriver driver, HttpServerRequest request) {
        RumorLog log = driver.node().log();
        long unread = log.entries().stream().filter(entry -> !entry.isRead()).count();
        NodeApi.answer(request, 200, json -> {
            json.writeStartObject();
            json.writeNumberField("node", node.number());
            json.writeStringField("address", node.address().toString());
            json.writeStringField("startedAt", SignalText.time(driver.startedMicros()));
            json.writeBooleanField("ready", driver.isReady());
            json.writeNumberField("messages", log.entries().size());
            json.writeNumberField("unread", unread);
            json.writeNumberField("seen", log.seenCount());
            json.writeArrayFieldStart("neighbours");
            for (NodeId neighbour : driver.node().neighbours()) {
                json.writeString(neighbour.toString());
            }
            json.writeEndArray();
            json.writeNumberField("members", driver.node().members().size());
            if (!node.topology().isEmpty()) {
                json.writeStringField("topology", node.topology());
            }
            json.writeObjectFieldStart("queues");
            json.writeNumberField("outgoing", driver.queued());
            json.writeEndObject();
            writeOrigins(log, json);
            json.writeEndObject();
        });
    }

    private static void writeOrigins(RumorLog log, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("origins");
        for (Message.Holding holding : log.holdings()) {
            json.writeStartObject();
            json.writeStringField("origin", holding.origin().node().toString());
            json.writeStringField(
                    "epoch", String.format("%016x", holding.origin().epoch()));
            json.writeNumberField("forgottenUpTo", holding.floor() - 1);
            json.writeStringField("seen", holding.seen().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
