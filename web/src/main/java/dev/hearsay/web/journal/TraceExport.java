package dev.hearsay.web.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /api/trace}: the events that are kept at this moment, one line each, in the order of their moments. */
final class TraceExport {

    private static final int LINES_AT_ONCE = 500;

    private TraceExport() {}

    /**
     * The lines, some at a time.
     *
     * @param message the number of the message that they are to be about; 0 for any
     */
    static List<Supplier<String>> pieces(EventLog journal, int message) {
        List<EventLog.LoggedEvent> events = new ArrayList<>();
        for (long number = journal.first(); number <= journal.last(); number++) {
            EventLog.LoggedEvent logged = journal.logged(number);
            if (!logged.line().isEmpty() && (message == 0 || logged.message() == message)) {
                events.add(logged);
            }
        }
        // A node's own stay in their order, as the sort is stable and its clock never goes back.
        events.sort(Comparator.comparingLong(EventLog.LoggedEvent::atMicros));
        List<Supplier<String>> pieces = new ArrayList<>();
        for (int from = 0; from < events.size(); from += LINES_AT_ONCE) {
            List<EventLog.LoggedEvent> some = events.subList(from, Math.min(events.size(), from + LINES_AT_ONCE));
            pieces.add(() -> lines(some));
        }
        return pieces;
    }

    private static String lines(List<EventLog.LoggedEvent> events) {
        StringBuilder lines = new StringBuilder();
        events.forEach(logged -> lines.append(logged.line()).append('\n'));
        return lines.toString();
    }
}
