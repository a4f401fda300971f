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

/** The files of the page: what a browser loads, all of it from here. */
final class Page {

    private static final String[] FILES = {
        "index.html",
        "icon.svg",
        "main.js",
        "model/address.js",
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
        "parts/arrange.js",
        "parts/ballots.js",
        "parts/branchlist.js",
        "parts/card.js",
        "parts/charts.js",
        "parts/comparison.js",
        "parts/curve.js",
        "parts/facts.js",
        "parts/faultpanel.js",
        "parts/flights.js",
        "parts/fold.js",
        "parts/graph.js",
        "parts/inspector.js",
        "parts/layout.js",
        "parts/legend.js",
        "parts/log.js",
        "parts/message.js",
        "parts/nodes.js",
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
        "parts/timebar.js",
        "parts/tree.js",
        "parts/views.js",
        "style/base.css",
        "style/events.css",
        "style/learn.css",
        "style/live.css",
        "style/members.css",
        "style/messages.css",
        "style/shell.css"
    };

    /** What the page Learn runs. */
    private static final String ENGINE = "engine.js";

    /** Nothing from elsewhere is run, shown or sent to, and nobody may put the page into a frame of theirs. */
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private Page() {}

    static <T> Routes<T> addTo(Routes<T> routes) {
        for (String file : FILES) {
            add(file.equals("index.html") ? "/" : "/" + file, file, resource(Page.class, "page/" + file), routes);
        }
        add("/" + ENGINE, ENGINE, resource(Lesson.class, ENGINE), routes);
        return routes;
    }

    private static <T> void add(String path, String file, byte[] content, Routes<T> routes) {
        Buffer bytes = Buffer.buffer(content);
        String type = type(file);
        routes.on(HttpMethod.GET, path, (target, request) -> send(request, type, bytes));
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

    private static void send(HttpServerRequest request, String type, Buffer bytes) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .end(bytes);
    }

    private static byte[] resource(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the page's " + file + " is not in the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
