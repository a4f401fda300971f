package dev.hearsay.web.watch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;

/** Server-sent events, as the HTML standard defines them, from the pieces in which they come. */
final class EventLines {

    /** A line of the trace names at most all members; a longer line is no event of a node. */
    private static final int LINE_BYTES_MAX = 8 << 20;

    /** Hears of events. */
    interface Listener {
        /**
         * An event.
         *
         * @param id where to go on after a broken connection; empty if it was not said
         * @param name what kind of event it is; {@code message} unless it was said
         */
        void onEvent(String id, String name, String data);
    }

    private final RecordParser lines;
    private final Listener listener;
    private String id = "";
    private String name = "message";
    private final StringBuilder data = new StringBuilder();

    EventLines(Listener listener) {
        this.listener = listener;
        this.lines =
                RecordParser.newDelimited("\n", line -> onLine(line.toString())).maxRecordSize(LINE_BYTES_MAX);
    }

    void take(Buffer piece) {
        lines.handle(piece);
    }

    private void onLine(String text) {
        String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                listener.onEvent(id, name, data.toString());
            }
            data.setLength(0);
            name = "message";
            id = "";
            return;
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "id" -> id = value;
            case "event" -> name = value;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            default -> {
                // Comments keep the connection alive; other fields are none of ours.
            }
        }
    }
}
