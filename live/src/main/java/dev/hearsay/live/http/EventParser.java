package dev.hearsay.live.http;

import org.jspecify.annotations.Nullable;

/** Puts server-sent events together from lines, as the HTML standard defines them. */
public final class EventParser {

    /**
     * One event.
     *
     * @param id where to go on from after a broken connection; empty if it was not said
     * @param name what kind of event it is; {@code message} unless it was said
     */
    public record Event(String id, String name, String data) {}

    private String id = "";
    private String name = "message";
    private final StringBuilder data = new StringBuilder();

    /**
     * Takes the next line.
     *
     * @return the event that ends with it; null if none does
     */
    public @Nullable Event take(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (text.isEmpty()) {
            return end();
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "id" -> id = value;
            case "event" -> name = value;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            default -> {
                // Comments keep the connection alive; other fields are none of ours.
            }
        }
        return null;
    }

    private @Nullable Event end() {
        Event event = data.isEmpty() ? null : new Event(id, name, data.toString());
        id = "";
        name = "message";
        data.setLength(0);
        return event;
    }
}
