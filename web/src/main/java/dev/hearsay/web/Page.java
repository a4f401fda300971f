package dev.hearsay.web;

import dev.hearsay.learn.Lesson;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Routes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the page: what a browser loads, all of it from here. */
final class Page {

    /** The folders of the page; in them nothing lies but its files. */
    private static final List<String> FOLDERS = List.of("model", "pages", "parts", "style");

    private static final Pattern FILE = Pattern.compile("/([a-z]+/)?[a-z]+\\.(js|css|svg)");

    private static final Map<String, Buffer> READ = new ConcurrentHashMap<>();

    /** What the page Learn runs. */
    static final String ENGINE = "engine.js";

    /** Nobody may put a page into a frame of theirs. */
    private static final String UNFRAMED = "; frame-ancestors 'none'";

    /** Nothing from elsewhere is run, shown or sent to. */
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'" + UNFRAMED;

    private Page() {}

    static <T> Routes<T> addTo(Routes<T> routes) {
        routes.on(HttpMethod.GET, "/", (target, request) -> send(request, "index.html"));
        for (String file : List.of("/main.js", "/icon.svg", "/" + ENGINE)) {
            routes.on(HttpMethod.GET, file, Page::sendFile);
        }
        FOLDERS.forEach(folder -> routes.on(HttpMethod.GET, "/" + folder + "/{file}", Page::sendFile));
        return routes.on(HttpMethod.GET, "/learn.html", (target, request) -> sendSingleFile(request, ""));
    }

    private static <T> void sendFile(T target, HttpServerRequest request) {
        String path = String.valueOf(request.path());
        String file = path.substring(1);
        if (FILE.matcher(path).matches() && (file.equals(ENGINE) || Page.class.getResource("page/" + file) != null)) {
            send(request, file);
        } else {
            new Problem(404, "Not found", "There is nothing here.", "The page is at /.").answer(request.response());
        }
    }

    private static void send(HttpServerRequest request, String file) {
        send(request, type(file), POLICY, READ.computeIfAbsent(file, name -> Buffer.buffer(bytes(name))));
    }

    /** Answers with the page Learn alone, which opens with that lesson. */
    static void sendSingleFile(HttpServerRequest request, String lesson) {
        send(request, type("learn.html"), SingleFile.held().policy() + UNFRAMED, Buffer.buffer(SingleFile.of(lesson)));
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("what is " + file + "?");
        };
    }

    private static void send(HttpServerRequest request, String type, String policy, Buffer bytes) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("content-security-policy", policy)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .end(bytes);
    }

    /** A file of the page, or the engine, as a text. */
    static String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String file) {
        try (InputStream in = file.equals(ENGINE)
                ? Lesson.class.getResourceAsStream(file)
                : Page.class.getResourceAsStream("page/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the page's " + file + " is not in the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
