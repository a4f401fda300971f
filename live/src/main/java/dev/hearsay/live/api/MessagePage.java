package dev.hearsay.live.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.node.SignalText;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.Utf8;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code GET /messages}: what the node has. There may be much of it, so it is written piece by piece, as fast as the reader
 * reads, and the node does other things in between.
 */
final class MessagePage {

    private static final int PIECE_CHARS = 64 << 10;

    private final NodeId self;
    private final HttpServerResponse response;
    private final List<RumorLog.Entry> entries;
    private int next;

    private MessagePage(NodeId self, HttpServerResponse response, List<RumorLog.Entry> entries) {
        this.self = self;
        this.response = response;
        this.entries = entries;
    }

    static void send(NodeView view, Node node, HttpServerRequest request) {
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
        List<RumorLog.Entry> entries = node.log().entries().stream()
                .filter(entry -> filter.equals("all") || entry.isRead() == filter.equals("read"))
                .toList();
        if (!last.isEmpty()) {
            entries = entries.subList(Math.max(0, entries.size() - Integer.parseInt(last)), entries.size());
        }
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").setChunked(true);
        response.exceptionHandler(gone -> {});
        response.write("{\"node\":\"" + view.address() + "\",\"messages\":[");
        MessagePage page = new MessagePage(view.address(), response, entries);
        response.drainHandler(ignored -> page.go());
        page.go();
    }

    private void go() {
        while (!response.closed() && !response.ended()) {
            if (next == entries.size()) {
                response.end("]}");
            } else if (response.writeQueueFull()) {
                return;
            } else {
                response.write(piece());
            }
        }
    }

    private String piece() {
        StringBuilder piece = new StringBuilder();
        while (next < entries.size() && piece.length() < PIECE_CHARS) {
            RumorLog.Entry entry = entries.get(next);
            piece.append(next == 0 ? "" : ",").append(Json.line(json -> write(entry, json)));
            next++;
        }
        return piece.toString();
    }

    private void write(RumorLog.Entry entry, JsonGenerator json) throws IOException {
        Rumor rumor = entry.carried().rumor();
        byte[] payload = rumor.payload();
        json.writeStartObject();
        json.writeStringField("id", rumor.id().toString());
        json.writeStringField("text", new String(payload, StandardCharsets.UTF_8));
        if (!Utf8.isValid(payload)) {
            json.writeBinaryField("base64", payload);
        }
        json.writeStringField("origin", rumor.origin().node().toString());
        json.writeStringField("receivedAt", SignalText.time(entry.receivedMicros()));
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
