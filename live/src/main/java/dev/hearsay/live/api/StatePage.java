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
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /state}: what the node knows and does. */
final class StatePage {

    /** Of the key/value state the page shows no more than so many keys, and of each value no more than its beginning. */
    private static final int KEYS_SHOWN = 100;

    private static final int VALUE_CHARACTERS_SHOWN = 100;

    private static final int ORIGINS_SHOWN = 1000;

    private StatePage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        String head = Json.object(json -> write(view, driver, json));
        String end = ",\"queues\":{\"outgoing\":" + driver.queued() + "}}";
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, PagedResponse.JSON);
        String beginning = head.substring(0, head.length() - 1);
        if (driver.machine() instanceof Node node) {
            List<String> keys = node.state().entries().stream()
                    .filter(entry -> !entry.isDeletion())
                    .limit(KEYS_SHOWN)
                    .map(Entry::key)
                    .toList();
            beginning += ",\"entries\":[";
            Supplier<Future<@Nullable String>> entries = KeyPages.pieces(driver, node, keys, VALUE_CHARACTERS_SHOWN);
            Supplier<Future<@Nullable String>> origins = PagedResponse.pieces(origins(node.log()));
            PagedResponse.send(request, beginning, "]" + end, PagedResponse.concat(entries, origins), host, readers);
        } else {
            PagedResponse.sendJson(request, beginning, Stream.of(), end, host, readers);
        }
    }

    private static void write(NodeView view, NodeDriver driver, JsonGenerator json) throws IOException {
        json.writeStringField("node", view.name().toString());
        json.writeStringField("address", view.address().toString());
        json.writeStringField("startedAt", EventText.time(driver.startedMicros()));
        json.writeBooleanField("ready", driver.isReady());
        json.writeBooleanField("paused", driver.isPaused());
        switch (driver.machine()) {
            case Node node -> write(node, view, json);
            case Seed seed -> write(seed, json);
            default -> throw new IllegalStateException("neither a node nor a seed");
        }
    }

    private static void write(Node node, NodeView view, JsonGenerator json) throws IOException {
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
    }

    private static void write(Seed seed, JsonGenerator json) throws IOException {
        json.writeStringField("role", "seed");
        json.writeNumberField("members", seed.peerList().members().size());
        json.writeNumberField("seeds", seed.electorate().size());
        json.writeNumberField("quorum", seed.electorate().quorum());
        json.writeNumberField("reachableSeeds", seed.reachableSeeds());
    }

    /** First the one of all versions, which whoever counts them looks for. */
    private static Stream<String> origins(RumorLog log) {
        List<Origin> all = log.knownOrigins();
        List<Origin> shown = all.stream()
                .sorted(Comparator.comparing(origin -> !origin.equals(Origin.VERSIONS)))
                .limit(ORIGINS_SHOWN)
                .toList();
        return Stream.concat(
                Stream.of("],\"moreOrigins\":" + (all.size() - shown.size()) + ",\"origins\":["),
                PagedResponse.items(shown, origin -> {
                    Holding holding = log.holding(origin);
                    return holding == null ? null : Json.object(json -> write(holding, json));
                }));
    }

    private static void write(Holding holding, JsonGenerator json) throws IOException {
        json.writeStringField("origin", holding.origin().node().toString());
        json.writeStringField("epoch", String.format("%016x", holding.origin().epoch()));
        json.writeNumberField("forgottenUpTo", holding.floor() - 1);
        json.writeStringField("seen", holding.seen().toString());
    }
}
