package dev.hearsay.web.journal;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Answers {@code GET /api/trace}: the signals that are kept at this moment, one line each, in the order of their moments; as fast as they are
 * taken.
 */
final class TraceExport {

    private static final int LINES_PER_TURN = 500;

    private final HttpServerResponse response;
    private final List<Journal.Event> events;
    private int next;

    private TraceExport(HttpServerResponse response, List<Journal.Event> events) {
        this.response = response;
        this.events = events;
    }

    /**
     * Begins to send it.
     *
     * @param message the number of the message that they are to be about; 0 for any
     * @param onOver is called when nothing of it is needed any more
     */
    static void send(Journal journal, int message, String name, HttpServerResponse response, Runnable onOver) {
        List<Journal.Event> events = new ArrayList<>();
        for (long number = journal.first(); number <= journal.last(); number++) {
            Journal.Event event = journal.event(number);
            if (!event.line().isEmpty() && (message == 0 || event.message() == message)) {
                events.add(event);
            }
        }
        // A node's own stay in their order, as the sort is stable and its clock never goes back.
        events.sort(Comparator.comparingLong(Journal.Event::atMicros));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("content-disposition", "attachment; filename=\"" + name + ".trace.jsonl\"")
                .setChunked(true);
        TraceExport export = new TraceExport(response, events);
        response.exceptionHandler(gone -> {});
        response.drainHandler(ignored -> export.pump());
        // It is called after the end as well as when somebody goes before.
        response.endHandler(ignored -> onOver.run());
        export.pump();
    }

    private void pump() {
        while (next < events.size() && !response.closed() && !response.ended() && !response.writeQueueFull()) {
            StringBuilder lines = new StringBuilder();
            int until = Math.min(events.size(), next + LINES_PER_TURN);
            for (; next < until; next++) {
                lines.append(events.get(next).line()).append('\n');
            }
            response.write(lines.toString());
        }
        if (next == events.size() && !response.closed() && !response.ended()) {
            response.end();
        }
    }
}
