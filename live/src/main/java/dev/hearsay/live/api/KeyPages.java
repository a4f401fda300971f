package dev.hearsay.live.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Entry;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.state.State;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.node.EventText;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.Utf8;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /keys}: the key/value state of a node. */
final class KeyPages {

    private static final String KEYS = "/keys/";
    static final String PATH = KEYS + "{key}";

    /** One page of the list has no more keys than this, and ends when its values exceed so many bytes. */
    private static final int PAGE_KEYS_MAX = 1000;

    private static final int PAGE_BYTES_MAX = 1 << 20;

    private KeyPages() {}

    // --- Reading -----------------------------------------------------------------------------------------------------

    static void list(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        if (!(driver.machine() instanceof Node node)) {
            NodeApi.doesNotGossip().answer(request.response());
            return;
        }
        String after = request.getParam("after", "");
        List<String> page = new ArrayList<>();
        boolean isMore = false;
        long bytes = 0;
        for (Entry entry : node.state().entries()) {
            if (!entry.isDeletion() && entry.key().compareTo(after) > 0) {
                if (page.size() == PAGE_KEYS_MAX || bytes > PAGE_BYTES_MAX) {
                    isMore = true;
                    break;
                }
                page.add(entry.key());
                bytes += entry.size();
            }
        }
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, PagedResponse.JSON);
        PagedResponse.send(
                request,
                "{\"node\":\"" + view.address() + "\",\"keys\":[",
                "],\"more\":" + isMore + "}",
                pieces(driver, node, page, Integer.MAX_VALUE),
                host,
                readers);
    }

    /**
     * The items of an array of entries, which are read from the store as they are wanted. What is deleted before is left out.
     *
     * @param charactersMax longer values are cut
     */
    static Supplier<Future<@Nullable String>> pieces(
            NodeDriver driver, Node node, List<String> keys, int charactersMax) {
        int[] next = {0};
        String[] comma = {""};
        return () -> {
            List<Entry> some = new ArrayList<>();
            for (long bytes = 0; next[0] < keys.size() && bytes < PagedResponse.PIECE_CHARS; next[0]++) {
                Entry entry = node.state().find(keys.get(next[0]));
                if (entry != null) {
                    some.add(entry);
                    bytes += entry.size();
                }
            }
            return some.isEmpty()
                    ? Future.succeededFuture()
                    : driver.fetch(some).map(fetched -> {
                        StringBuilder piece = new StringBuilder();
                        for (Entry entry : fetched) {
                            piece.append(comma[0]).append(Json.line(json -> write(entry, charactersMax, json)));
                            comma[0] = ",";
                        }
                        return piece.toString();
                    });
        };
    }

    static void get(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        if (!(driver.machine() instanceof Node node)) {
            NodeApi.doesNotGossip().answer(request.response());
            return;
        }
        String key = key(request, node.state().settings());
        if (key == null) {
            return;
        }
        Entry entry = node.state().find(key);
        if (entry == null) {
            noSuchKey(key).answer(request.response());
        } else {
            driver.fetch(List.of(entry)).onSuccess(found -> {
                if (found.isEmpty()) {
                    noSuchKey(key).answer(request.response());
                } else {
                    PagedResponse.sendWhole(
                            request,
                            PagedResponse.JSON,
                            Json.line(json -> write(found.getFirst(), Integer.MAX_VALUE, json)),
                            host,
                            readers);
                }
            });
        }
    }

    private static void write(Entry entry, int charactersMax, JsonGenerator json) throws IOException {
        byte[] value = entry.bytes();
        String text = new String(value, StandardCharsets.UTF_8);
        boolean isLong = text.length() > charactersMax;
        json.writeStartObject();
        json.writeStringField("key", entry.key());
        json.writeStringField("value", isLong ? beginning(text, charactersMax) + "…" : text);
        if (!isLong && !Utf8.isValid(value)) {
            json.writeBinaryField("base64", value);
        }
        json.writeStringField("writer", entry.stamp().writer().toString());
        json.writeStringField("at", EventText.time(entry.stamp().micros()));
        json.writeEndObject();
    }

    /** Never half a character. */
    private static String beginning(String text, int charactersMax) {
        return text.substring(0, charactersMax - (Character.isHighSurrogate(text.charAt(charactersMax - 1)) ? 1 : 0));
    }

    // --- Writing -----------------------------------------------------------------------------------------------------

    static void put(NodeView view, NodeDriver driver, Node node, HttpServerRequest request) {
        State.Settings settings = node.state().settings();
        RequestBody.read(request, settings.valueBytesMax(), value -> {
            String key = key(request, settings);
            if (key != null) {
                answer(view, key, driver.commands().put(key, value), request);
            }
        });
    }

    static void delete(NodeView view, NodeDriver driver, Node node, HttpServerRequest request) {
        String key = key(request, node.state().settings());
        if (key != null && node.state().find(key) == null) {
            noSuchKey(key).answer(request.response());
        } else if (key != null) {
            answer(view, key, driver.commands().delete(key), request);
        }
    }

    private record Written(String key, NodeId node, String at) {}

    private static void answer(NodeView view, String key, Future<Stamp> written, HttpServerRequest request) {
        written.onSuccess(stamp ->
                        NodeApi.answer(request, 200, new Written(key, view.address(), EventText.time(stamp.micros()))))
                .onFailure(failure -> NodeApi.problem(failure).answer(request.response()));
    }

    private static Problem noSuchKey(String key) {
        return new Problem(404, "No such key", "There is no key '" + key + "'.", "GET /keys lists those there are.");
    }

    /** The key that the path names; null if there can be none of that name, which is then answered. */
    private static @Nullable String key(HttpServerRequest request, State.Settings settings) {
        byte[] bytes = decoded(String.valueOf(request.path()).substring(KEYS.length()));
        if (bytes == null || !Utf8.isValid(bytes)) {
            Problem.badRequest(
                            "The key in the path is not percent-encoded UTF-8.",
                            "Write every byte that is no letter or digit as %XX.")
                    .answer(request.response());
            return null;
        }
        String key = new String(bytes, StandardCharsets.UTF_8);
        String objection = settings.objection(key, 0);
        if (objection != null) {
            Problem.badRequest("This cannot be a key: " + objection + ".", "").answer(request.response());
            return null;
        }
        return key;
    }

    /** What a part of a path stands for (RFC 3986, section 2.1); null if it is malformed. */
    private static byte @Nullable [] decoded(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            int c = path.charAt(i);
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                c = high << 4 | low;
                i += 2;
            } else if (c > 0x7f) {
                return null;
            }
            bytes.write(c);
        }
        return bytes.toByteArray();
    }
}
