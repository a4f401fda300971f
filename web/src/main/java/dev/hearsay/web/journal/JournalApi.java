package dev.hearsay.web.journal;

import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.web.http.Answers;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpServerRequest;

/** What the dashboard answers about what was: {@code /api/history}, {@code /api/log}, {@code /api/trace}. */
public final class JournalApi {

    /** Each keeps the events of a moment for as long as it lasts. */
    private static final int EXPORTS_MAX = 8;

    private final Loop loop;
    private final Past past;
    private final Names names;
    private final String fileName;
    private int exports;

    /** The answers about a network of that name. */
    public JournalApi(Loop loop, Past past, Names names, String network) {
        this.loop = loop;
        this.past = past;
        this.names = names;
        String name = network.replaceAll("[^A-Za-z0-9._-]", "_");
        this.fileName = name.isEmpty() ? "network" : name;
    }

    /** All changes that are kept. */
    public void history(HttpServerRequest request) {
        Answers.json(request.response(), 200, HistoryJson.history(past, names));
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
            message = (int) Answers.number(request, "message", 1, Integer.MAX_VALUE, 0);
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
        TraceExport.send(past.journal(), message, fileName, request.response(), () -> exports--);
    }
}
