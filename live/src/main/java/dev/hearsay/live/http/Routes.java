package dev.hearsay.live.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which method at which path. A path may have a part in braces, which stands for whatever is there; all others
 * are exact.
 */
public final class Routes<T> {

    /** Answers one kind of request. */
    @FunctionalInterface
    public interface Handler<T> {
        void handle(T target, HttpServerRequest request);
    }

    /** A path with a part in braces: what is before and after it. */
    private record Pattern(String path, String before, String after) {
        static Pattern of(String path) {
            return new Pattern(path, path.substring(0, path.indexOf('{')), path.substring(path.indexOf('}') + 1));
        }

        boolean matches(String given) {
            return given.length() >= before.length() + after.length()
                    && given.startsWith(before)
                    && given.endsWith(after);
        }
    }

    private final Map<String, Map<String, Handler<T>>> byPath = new TreeMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    /** Adds a handler. */
    public Routes<T> on(HttpMethod method, String path, Handler<T> handler) {
        if (path.indexOf('{') >= 0 && !byPath.containsKey(path)) {
            patterns.add(Pattern.of(path));
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
        Problem.guard(request, () -> handler.handle(target, request));
    }

    private @Nullable Map<String, Handler<T>> find(String path) {
        Map<String, Handler<T>> exact = byPath.get(path);
        if (exact != null) {
            return exact;
        }
        return patterns.stream()
                .filter(pattern -> pattern.matches(path))
                .findFirst()
                .map(pattern -> byPath.get(pattern.path))
                .orElse(null);
    }

    /** Every route as {@code METHOD /path}. */
    public List<String> list() {
        return byPath.entrySet().stream()
                .flatMap(entry -> entry.getValue().keySet().stream().map(method -> method + " " + entry.getKey()))
                .toList();
    }
}
