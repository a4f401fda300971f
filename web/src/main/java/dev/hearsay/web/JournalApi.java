package dev.hearsay.web;

import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpServerRequest;

/** What the dashboard answers about what was: {@code /api/history}, {@code /api/log}, {@code /api/trace}. */
final class JournalApi {

    /** Each keeps the events of a moment for as long as it lasts. */
    private static final int EXPORTS_MAX = 8;

    private final Loop loop;
    private final NetworkPicture picture;
    private final String fileName;
    private int exports;

    JournalApi(Loop loop, NetworkPicture picture, String network) {
        this.loop = loop;
        this.picture = picture;
        String name = network.replaceAll("[^A-Za-z0-9._-]", "_");
        this.fileName = name.isEmpty() ? "network" : name;
    }

    void history(HttpServerRequest request) {
        DashboardApi.answer(request.response(), 200, HistoryJson.history(picture));
    }

    void log(HttpServerRequest request) {
        try {
            new LogSearch(loop, picture, LogQuery.of(request), request.response()).run();
        } catch (WireException e) {
            Problem.badRequest(e.getMessage() + ".", "/api/log?signal=suspected,silent&limit=100")
                    .answer(request.response());
        }
    }

    void trace(HttpServerRequest request) {
        int message;
        try {
            message = (int) LogQuery.number(request, "message", 1, Integer.MAX_VALUE, 0);
        } catch (WireException e) {
            Problem.badRequest(e.getMessage() + ".", "See /api/messages for the numbers.")
                    .answer(request.response());
            return;
        }
        if (exports == EXPORTS_MAX) {
            Problem.unavailable(EXPORTS_MAX + " traces are being fetched already.", "Try again in a moment.")
                    .answer(request.response());
            return;
        }
        exports++;
        TraceExport.send(picture.journal(), message, fileName, request.response(), () -> exports--);
    }
}
