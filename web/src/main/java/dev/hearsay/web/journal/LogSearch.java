package dev.hearsay.web.journal;

import dev.hearsay.live.loop.Loop;
import dev.hearsay.web.http.HttpAnswers;
import dev.hearsay.wire.Json;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code GET /api/log}: looks through all events that are kept, a part in each turn of the loop, so that nobody waits for it. */
final class LogSearch {

    /** To make words of one is about as much work as to look at a hundred. */
    private static final int WORK_PER_TURN = 50_000;

    private static final int WORK_OF_WORDS = 100;

    private final Loop loop;
    private final EventLog journal;
    private final Names names;
    private final LogQuery query;
    private final HttpServerResponse response;
    private final long first;
    private final long last;
    private final List<EventRecord> found = new ArrayList<>();
    private long seen;
    private long matched;

    LogSearch(Loop loop, EventLog journal, Names names, LogQuery query, HttpServerResponse response) {
        this.loop = loop;
        this.journal = journal;
        this.names = names;
        this.query = query;
        this.response = response;
        this.first = journal.first();
        this.last = journal.last();
    }

    void run() {
        int work = 0;
        while (seen <= last - first && work < WORK_PER_TURN) {
            long number = query.isDescending() ? last - seen : first + seen;
            seen++;
            work++;
            // What had to make room since is gone.
            if (journal.has(number)) {
                work += look(journal.logged(number));
            }
        }
        if (response.closed() || response.ended()) {
            return;
        }
        if (seen <= last - first) {
            loop.execute(this::run);
        } else {
            HttpAnswers.json(response, 200, json());
        }
    }

    /** Returns how much work it was. */
    private int look(EventLog.LoggedEvent logged) {
        if (!query.mayBe(logged)) {
            return 0;
        }
        boolean isRoom = found.size() < query.limit();
        if (!isRoom && query.text().isEmpty()) {
            matched++;
            return 0;
        }
        EventRecord sight = EventRecord.of(logged, names);
        if (query.text().isEmpty() || sight.contains(query.text(), names)) {
            matched++;
            if (isRoom) {
                found.add(sight);
            }
        }
        return WORK_OF_WORDS;
    }

    private String json() {
        return Json.object(json -> {
            json.writeNumberField("first", first);
            json.writeNumberField("last", last);
            json.writeNumberField("matched", matched);
            Json.array("events", found, json, logged -> logged.writeTo(json));
        });
    }
}
