package dev.hearsay.cli.http;

import dev.hearsay.cli.base.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The signals of one node as they happen: server-sent events, as the HTML standard defines them. */
public final class EventStream implements AutoCloseable {

    /** Nodes send at least a comment more often than this; a longer silence means that the connection is dead. */
    private static final int SILENCE_MILLIS = 60_000;

    /**
     * One event.
     *
     * @param id where to go on from after a broken connection; empty if the node did not say
     * @param name what kind of event it is; {@code message} unless the node says otherwise
     */
    public record Event(String id, String name, String data) {}

    private final HttpURLConnection connection;
    private final BufferedReader lines;

    private EventStream(HttpURLConnection connection, BufferedReader lines) {
        this.connection = connection;
        this.lines = lines;
    }

    /**
     * Subscribes. When this returns, no later signal is missed.
     *
     * @param lastId the last event seen, to go on after it; empty to begin now
     * @throws Failure if the node does not answer
     */
    public static EventStream open(String whom, String address, String lastId) {
        HttpCall call = new HttpCall(whom, address, "/events")
                .withHeader("Accept", "text/event-stream")
                .withReadMillis(SILENCE_MILLIS);
        if (!lastId.isEmpty()) {
            call.withHeader("Last-Event-ID", lastId);
        }
        try {
            HttpURLConnection connection = call.open("GET");
            int status = connection.getResponseCode();
            if (status >= 300) {
                throw call.refused(status, connection);
            }
            var reader = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8);
            return new EventStream(connection, new BufferedReader(reader));
        } catch (IOException e) {
            throw call.unreachable(e);
        }
    }

    /**
     * Waits for the next event.
     *
     * @return empty when the node has closed the stream
     */
    public Optional<Event> next() throws IOException {
        String id = "";
        String name = "message";
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                return Optional.empty();
            }
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return Optional.of(new Event(id, name, data.toString()));
                }
                continue;
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

    @Override
    public void close() {
        connection.disconnect();
    }
}
