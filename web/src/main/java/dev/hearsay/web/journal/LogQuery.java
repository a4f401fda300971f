package dev.hearsay.web.journal;

import dev.hearsay.web.http.Answers;
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
 * @param signals their kinds; empty for any
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
        Set<String> signals,
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
        String signals = request.getParam("signal", "");
        return new LogQuery(
                Answers.number(request, "after", 0, Long.MAX_VALUE, 0),
                Answers.number(request, "before", 0, Long.MAX_VALUE, Long.MAX_VALUE),
                Answers.number(request, "until", 0, Long.MAX_VALUE, Long.MAX_VALUE),
                (int) Answers.number(request, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT),
                (int) Answers.number(request, "node", 0, Integer.MAX_VALUE, -1),
                (int) Answers.number(request, "message", 1, Integer.MAX_VALUE, 0),
                signals.isEmpty() ? Set.of() : Set.copyOf(List.of(signals.split(",", -1))),
                text,
                order.equals("desc"));
    }

    /** Whether an event is among them as far as can be told without its words. */
    boolean mayBe(Journal.Event event) {
        return event.number() > after
                && event.number() < before
                && event.atMicros() <= untilMicros
                && (node < 0 || event.node() == node)
                && (message == 0 || event.message() == message)
                && (signals.isEmpty() || signals.contains(event.signal()));
    }
}
