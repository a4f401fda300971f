package dev.hearsay.web.journal;

import dev.hearsay.web.http.HttpAnswers;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which events somebody asks for.
 *
 * @param after the number after which they begin
 * @param before the number before which they end
 * @param untilMicros the last moment
 * @param limit how many at most
 * @param node the index of a node that has told them; -1 for any
 * @param message the number of the message that they are about; 0 for any
 * @param events their kinds; empty for any
 * @param text what is to be found in them, in lower case; empty for any
 * @param isDescending whether the newest come first
 */
record LogQuery(
        long after,
        long before,
        long untilMicros,
        int limit,
        int node,
        int message,
        Set<String> events,
        String text,
        boolean isDescending) {

    static final int LIMIT_MAX = 5000;
    private static final int LIMIT_DEFAULT = 200;
    private static final int TEXT_CHARACTERS_MAX = 200;

    /**
     * Reads it from the request.
     *
     * @throws WireException with one sentence for people
     */
    static LogQuery of(HttpServerRequest request) throws WireException {
        String text = request.getParam("text", "").strip().toLowerCase(Locale.ROOT);
        if (text.length() > TEXT_CHARACTERS_MAX) {
            throw new WireException("'text' is longer than " + TEXT_CHARACTERS_MAX + " characters");
        }
        String order = request.getParam("order", "desc");
        if (!order.equals("desc") && !order.equals("asc")) {
            throw new WireException("'order' must be asc or desc");
        }
        String events = request.getParam("signal", "");
        return new LogQuery(
                HttpAnswers.number(request, "after", 0, Long.MAX_VALUE, 0),
                HttpAnswers.number(request, "before", 0, Long.MAX_VALUE, Long.MAX_VALUE),
                HttpAnswers.number(request, "until", 0, Long.MAX_VALUE, Long.MAX_VALUE),
                (int) HttpAnswers.number(request, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT),
                (int) HttpAnswers.number(request, "node", 0, Integer.MAX_VALUE, -1),
                (int) HttpAnswers.number(request, "message", 1, Integer.MAX_VALUE, 0),
                events.isEmpty() ? Set.of() : Set.copyOf(List.of(events.split(",", -1))),
                text,
                order.equals("desc"));
    }

    /** Whether an event is among them as far as can be told without its words. */
    boolean mayBe(EventLog.LoggedEvent logged) {
        return logged.number() > after
                && logged.number() < before
                && logged.atMicros() <= untilMicros
                && (node < 0 || logged.node() == node)
                && (message == 0 || logged.message() == message)
                && (events.isEmpty() || events.contains(logged.event()));
    }
}
