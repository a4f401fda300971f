package dev.hearsay.web;

import dev.hearsay.learn.Lesson;
import dev.hearsay.live.http.Routes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of the page: what a browser loads, all of it from here. */
final class Page {

    private static final String[] FILES = {
        "index.html",
        "icon.svg",
        "main.js",
        "model/address.js",
        "model/api.js",
        "model/branches.js",
        "model/cards.js",
        "model/clock.js",
        "model/compare.js",
        "model/deeds.js",
        "model/evidence.js",
        "model/faults.js",
        "model/files.js",
        "model/history.js",
        "model/journal.js",
        "model/lesson.js",
        "model/members.js",
        "model/network.js",
        "model/route.js",
        "model/rules.js",
        "model/scene.js",
        "model/search.js",
        "model/seen.js",
        "model/signals.js",
        "model/stream.js",
        "model/tree.js",
        "model/words.js",
        "pages/events.js",
        "pages/learn.js",
        "pages/live.js",
        "pages/members.js",
        "pages/messages.js",
        "pages/recordings.js",
        "parts/arrange.js",
        "parts/ballots.js",
        "parts/branchlist.js",
        "parts/card.js",
        "parts/charts.js",
        "parts/comparison.js",
        "parts/copy.js",
        "parts/curve.js",
        "parts/facts.js",
        "parts/faultpanel.js",
        "parts/flights.js",
        "parts/fold.js",
        "parts/frames.js",
        "parts/graph.js",
        "parts/inspector.js",
        "parts/keys.js",
        "parts/layout.js",
        "parts/legend.js",
        "parts/log.js",
        "parts/message.js",
        "parts/nodes.js",
        "parts/onefile.js",
        "parts/opening.js",
        "parts/paint.js",
        "parts/peerlists.js",
        "parts/places.js",
        "parts/player.js",
        "parts/pointer.js",
        "parts/rail.js",
        "parts/rows.js",
        "parts/send.js",
        "parts/setup.js",
        "parts/stage.js",
        "parts/svg.js",
        "parts/svgcontext.js",
        "parts/theme.js",
        "parts/timebar.js",
        "parts/tree.js",
        "parts/views.js",
        "style/base.css",
        "style/events.css",
        "style/learn.css",
        "style/live.css",
        "style/members.css",
        "style/messages.css",
        "style/recordings.css",
        "style/shell.css"
    };

    /** What the page Learn runs. */
    static final String ENGINE = "engine.js";

    /** Nobody may put a page into a frame of theirs. */
    private static final String UNFRAMED = "; frame-ancestors 'none'";

    /** Nothing from elsewhere is run, shown or sent to. */
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'" + UNFRAMED;

    private Page() {}

    static <T> Routes<T> addTo(Routes<T> routes) {
        for (String file : FILES) {
            add(file.equals("index.html") ? "/" : "/" + file, file, routes);
        }
        add("/" + ENGINE, ENGINE, routes);
        return routes.on(HttpMethod.GET, "/learn.html", (target, request) -> sendSingleFile(request, ""));
    }

    private static <T> void add(String path, String file, Routes<T> routes) {
        Buffer bytes = Buffer.buffer(bytes(file));
        String type = type(file);
        routes.on(HttpMethod.GET, path, (target, request) -> send(request, type, POLICY, bytes));
    }

    /** Answers with the page Learn alone, which opens with that lesson. */
    static void sendSingleFile(HttpServerRequest request, String lesson) {
        send(request, type("learn.html"), SingleFile.held().policy() + UNFRAMED, Buffer.buffer(SingleFile.of(lesson)));
    }

    /** How many there are. */
    static int files() {
        return FILES.length;
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
