package dev.hearsay.live.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.EventText;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.Utf8;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /messages}: what the node has. There may be much of it, and much of that only in the store. */
final class MessagePage {

    private static final long PIECE_BYTES = 256 << 10;

    private final NodeId self;
    private final NodeDriver driver;
    private final Node node;

    /** Of what is forgotten before it is read nothing is held. */
    private final List<RumorId> ids;

    private int next;
    private boolean isBegun;

    private MessagePage(NodeId self, NodeDriver driver, Node node, List<RumorId> ids) {
        this.self = self;
        this.driver = driver;
        this.node = node;
        this.ids = ids;
    }

    static void send(
            NodeView view, NodeDriver driver, Node node, HttpServerRequest request, String host, Readers readers) {
        String filter = request.getParam("filter", "all");
        if (!List.of("all", "unread", "read").contains(filter)) {
            Problem.badRequest("There is no filter '" + filter + "'.", "Use all, unread or read.")
                    .answer(request.response());
            return;
        }
        String last = request.getParam("last", "");
        if (!last.matches("[1-9]\\d{0,8}|")) {
            Problem.badRequest("'last' must be how many messages are wanted, not '" + last + "'.", "?last=20")
                    .answer(request.response());
            return;
        }
        List<RumorId> ids = node.log().entries().stream()
                .filter(entry -> filter.equals("all") || entry.isRead() == filter.equals("read"))
                .map(entry -> entry.rumor().id())
                .toList();
        if (!last.isEmpty()) {
            ids = ids.subList(Math.max(0, ids.size() - Integer.parseInt(last)), ids.size());
        }
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        MessagePage page = new MessagePage(view.address(), driver, node, ids);
        String beginning = "{\"node\":\"" + view.address() + "\",\"messages\":[";
        PagedResponse.send(request, beginning, "]}", page::piece, host, readers);
    }

    private Future<@Nullable String> piece() {
        List<RumorLog.Entry> those = new ArrayList<>();
        List<Rumor> rumors = new ArrayList<>();
        for (long bytes = 0; next < ids.size() && bytes < PIECE_BYTES; next++) {
            RumorLog.Entry entry = node.log().find(ids.get(next));
            if (entry != null) {
                those.add(entry);
                rumors.add(entry.rumor());
                bytes += entry.rumor().size();
            }
        }
        if (rumors.isEmpty()) {
            return Future.succeededFuture();
        }
        return driver.fetch(rumors).map(fetched -> text(those, fetched));
    }

    /** What retention has dropped meanwhile is left out. */
    private String text(List<RumorLog.Entry> those, List<Rumor> fetched) {
        StringBuilder piece = new StringBuilder();
        int at = 0;
        for (RumorLog.Entry entry : those) {
            if (at < fetched.size() && fetched.get(at).equals(entry.rumor())) {
                byte[] payload = fetched.get(at++).payload();
                piece.append(isBegun ? "," : "").append(Json.line(json -> write(entry, payload, json)));
                isBegun = true;
            }
        }
        return piece.toString();
    }

    private void write(RumorLog.Entry entry, byte[] payload, JsonGenerator json) throws IOException {
        Rumor rumor = entry.rumor();
        json.writeStartObject();
        json.writeStringField("id", rumor.id().toString());
        json.writeStringField("text", new String(payload, StandardCharsets.UTF_8));
        if (!Utf8.isValid(payload)) {
            json.writeBinaryField("base64", payload);
        }
        json.writeStringField("origin", rumor.origin().node().toString());
        json.writeStringField("receivedAt", EventText.time(entry.receivedMicros()));
        json.writeNumberField("hops", entry.carried().hops());
        json.writeArrayFieldStart("path");
        for (NodeId node : entry.carried().path()) {
            json.writeString(node.toString());
        }
        json.writeString(self.toString());
        json.writeEndArray();
        json.writeBooleanField("read", entry.isRead());
        json.writeEndObject();
    }
}
