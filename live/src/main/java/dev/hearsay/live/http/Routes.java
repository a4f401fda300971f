package dev.hearsay.live.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which method at which path. A path may end in a part in braces, which stands for whatever else begins so; all others
 * are exact.
 */
public final class Routes<T> {

    /** Answers one kind of request. */
    @FunctionalInterface
    public interface Handler<T> {
        void handle(T target, HttpServerRequest request);
    }

    private final Map<String, Map<String, Handler<T>>> byPath = new TreeMap<>();

    /** Paths that end in a part in braces, by what is before it. */
    private final Map<String, String> byPrefix = new TreeMap<>();

    /** Adds a handler. */
    public Routes<T> on(HttpMethod method, String path, Handler<T> handler) {
        if (path.endsWith("}")) {
            byPrefix.put(path.substring(0, path.indexOf('{')), path);
        }
        byPath.computeIfAbsent(path, p -> new TreeMap<>()).put(method.name(), handler);
        return this;
    }

    /** Lets the handler answer, or says that there is none. */
    public void handle(T target, HttpServerRequest request) {
        Map<String, Handler<T>> byMethod = find(String.valueOf(request.path()));
        if (byMethod == null) {
            new Problem(
                            404,
                            "Not found",
                            "There is nothing here.",
                            "What there is: " + String.join(" ", byPath.keySet()))
                    .answer(request.response());
            return;
        }
        boolean isHead = HttpMethod.HEAD.equals(request.method());
        Handler<T> handler =
                byMethod.get(isHead ? HttpMethod.GET.name() : request.method().name());
        if (handler == null) {
            request.response().putHeader("allow", String.join(", ", byMethod.keySet()));
            new Problem(405, "Method not allowed", "This takes " + String.join(" or ", byMethod.keySet()) + ".", "")
                    .answer(request.response());
            return;
        }
        handler.handle(target, request);
    }

    private @Nullable Map<String, Handler<T>> find(String path) {
        Map<String, Handler<T>> exact = byPath.get(path);
        int slash = path.indexOf('/', 1);
        String pattern = exact != null || slash < 0 ? null : byPrefix.get(path.substring(0, slash + 1));
        return pattern == null ? exact : byPath.get(pattern);
    }

    /** Every route as {@code METHOD /path}. */
    public List<String> list() {
        return byPath.entrySet().stream()
                .flatMap(entry -> entry.getValue().keySet().stream().map(method -> method + " " + entry.getKey()))
                .toList();
    }
}
