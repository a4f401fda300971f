package dev.hearsay.live.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Origin;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.EventText;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.wire.Json;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** {@code GET /state}: what the node knows and does. */
final class StatePage {

    /** Of the key/value state the page shows no more than so many keys, and of each value no more than its beginning. */
    private static final int KEYS_SHOWN = 100;

    private static final int VALUE_CHARACTERS_SHOWN = 100;

    private static final int ORIGINS_SHOWN = 1000;

    private StatePage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        List<Entry> shown = driver.machine() instanceof Node node
                ? node.state().entries().stream()
                        .filter(entry -> !entry.isDeletion())
                        .limit(KEYS_SHOWN)
                        .toList()
                : List.of();
        driver.fetch(shown)
                .onSuccess(entries ->
                        PagedResponse.sendWhole(request, Json.line(body(view, driver, entries)), host, readers));
    }

    private static Json.Body body(NodeView view, NodeDriver driver, List<Entry> shown) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("node", view.name().toString());
            json.writeStringField("address", view.address().toString());
            json.writeStringField("startedAt", EventText.time(driver.startedMicros()));
            json.writeBooleanField("ready", driver.isReady());
            json.writeBooleanField("paused", driver.isPaused());
            switch (driver.machine()) {
                case Node node -> write(node, view, shown, json);
                case Seed seed -> write(seed, json);
                default -> throw new IllegalStateException("neither a node nor a seed");
            }
            json.writeObjectFieldStart("queues");
            json.writeNumberField("outgoing", driver.queued());
            json.writeEndObject();
            json.writeEndObject();
        };
    }

    private static void write(Node node, NodeView view, List<Entry> shown, JsonGenerator json) throws IOException {
        RumorLog log = node.log();
        PeerList list = node.peerList();
        json.writeStringField("role", list == null ? "node" : "peer");
        json.writeNumberField("messages", log.entries().size());
        json.writeNumberField(
                "unread",
                log.entries().stream().filter(entry -> !entry.isRead()).count());
        json.writeNumberField("seen", log.seenCount());
        Json.texts("neighbours", node.neighbours(), json);
        json.writeNumberField("members", node.members().size());
        if (list != null) {
            json.writeNumberField("incarnation", list.incarnation(node.self()));
        }
        if (!view.topology().isEmpty()) {
            json.writeStringField("topology", view.topology());
        }
        json.writeStringField("committed", node.committed().toString());
        json.writeNumberField("committedUpTo", node.committed().contiguous());
        json.writeNumberField("keys", node.state().keys());
        Json.array("entries", shown, json, entry -> KeyPages.write(entry, VALUE_CHARACTERS_SHOWN, json));
        writeOrigins(log, json);
    }

    private static void write(Seed seed, JsonGenerator json) throws IOException {
        json.writeStringField("role", "seed");
        json.writeNumberField("members", seed.peerList().members().size());
        json.writeNumberField("seeds", seed.electorate().size());
        json.writeNumberField("quorum", seed.electorate().quorum());
        json.writeNumberField("reachableSeeds", seed.reachableSeeds());
    }

    private static void writeOrigins(RumorLog log, JsonGenerator json) throws IOException {
        List<Holding> holdings = log.holdings();
        // First the one of all versions, which whoever counts them looks for.
        holdings.sort(Comparator.comparing(holding -> !holding.origin().equals(Origin.VERSIONS)));
        int shown = Math.min(holdings.size(), ORIGINS_SHOWN);
        json.writeNumberField("moreOrigins", holdings.size() - shown);
        Json.objects("origins", holdings.subList(0, shown), json, holding -> {
            json.writeStringField("origin", holding.origin().node().toString());
            json.writeStringField(
                    "epoch", String.format("%016x", holding.origin().epoch()));
            json.writeNumberField("forgottenUpTo", holding.floor() - 1);
            json.writeStringField("seen", holding.seen().toString());
        });
    }
}
