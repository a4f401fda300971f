package dev.hearsay.web.journal;

import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.web.http.HttpAnswers;
import dev.hearsay.web.http.Pieces;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What the dashboard answers about what was: {@code /api/history}, {@code /api/log}, {@code /api/trace}. */
public final class EventLogApi {

    /** Each keeps what was known at a moment for as long as it lasts. */
    private static final int EXPORTS_MAX = 32;

    private final Loop loop;
    private final Past past;
    private final Names names;
    private final String fileName;
    private int exports;

    /** The answers about a network of that name. */
    public EventLogApi(Loop loop, Past past, Names names, String network) {
        this.loop = loop;
        this.past = past;
        this.names = names;
        String name = network.replaceAll("[^A-Za-z0-9._-]", "_");
        this.fileName = name.isEmpty() ? "network" : name;
    }

    /** All changes that are kept. */
    public void history(HttpServerRequest request) {
        if (mayExport(request)) {
            HttpServerResponse response = request.response();
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            Pieces.send(loop, response, HistoryJson.history(past, names), () -> exports--);
        }
    }

    /** Some of the events. */
    public void log(HttpServerRequest request) {
        try {
            new LogSearch(loop, past.journal(), names, LogQuery.of(request), request.response()).run();
        } catch (WireException e) {
            Problem.badRequest(e.getMessage() + ".", "/api/log?signal=suspected,silent&limit=100")
                    .answer(request.response());
        }
    }

    /** The lines that nodes have written. */
    public void trace(HttpServerRequest request) {
        int message;
        try {
            message = (int) HttpAnswers.number(request, "message", 1, Integer.MAX_VALUE, 0);
        } catch (WireException e) {
            Problem.badRequest(e.getMessage() + ".", "See /api/messages for the numbers.")
                    .answer(request.response());
            return;
        }
        if (mayExport(request)) {
            HttpServerResponse response = request.response();
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader("content-disposition", "attachment; filename=\"" + fileName + ".trace.jsonl\"");
            Pieces.send(loop, response, TraceExport.pieces(past.journal(), message), () -> exports--);
        }
    }

    /** Counts one that is about to be sent, or says why it cannot be. */
    private boolean mayExport(HttpServerRequest request) {
        if (exports == EXPORTS_MAX) {
            Problem.unavailable(EXPORTS_MAX + " long answers are being fetched already.", "Try again in a moment.")
                    .answer(request.response());
            return false;
        }
        exports++;
        return true;
    }
}
