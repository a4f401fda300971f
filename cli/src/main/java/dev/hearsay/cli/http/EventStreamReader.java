package dev.hearsay.cli.http;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.live.http.EventParser;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The events of one node as they happen, as server-sent events. */
public final class EventStreamReader implements AutoCloseable {

    /** A node that is paused takes connections and never answers; whoever watches many must not wait for it. */
    private static final int ANSWER_MILLIS = 3_000;

    /** Nodes send at least a comment more often than this; a longer silence means that the connection is dead. */
    private static final int SILENCE_MILLIS = 60_000;

    private final HttpStream stream;
    private final BufferedReader lines;
    private final EventParser events = new EventParser();

    private EventStreamReader(HttpStream stream) {
        this.stream = stream;
        this.lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    /**
     * Subscribes. When this returns, no later event is missed.
     *
     * @param whom who is asked, for people
     * @param address {@code host:port}
     * @param lastId the last event seen, to go on after it; empty to begin now
     * @throws Failure if the node does not answer, or with an error
     */
    public static EventStreamReader open(String whom, String address, String lastId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            headers.put("Last-Event-ID", lastId);
        }
        Answers answers = new Answers(whom, address);
        try {
            HttpStream stream =
                    HttpStream.send("GET", address, "/events", headers, null, ANSWER_MILLIS, SILENCE_MILLIS);
            if (stream.status() != 200) {
                try (stream) {
                    throw answers.refusal(stream.status(), stream.body());
                }
            }
            return new EventStreamReader(stream);
        } catch (IOException e) {
            throw answers.silence(e);
        }
    }

    /**
     * Waits for the next event.
     *
     * @return empty when the node has closed the stream
     */
    public Optional<EventParser.Event> next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            EventParser.Event event = events.take(line);
            if (event != null) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    /** Takes a line of the trace. */
    public interface Use<E extends Exception> {
        void take(TraceJson.Line line) throws E;
    }

    /** Hands over all that happens, until the stream ends, one way or the other. */
    public <E extends Exception> void forEach(Use<E> use) throws E {
        try {
            for (Optional<EventParser.Event> event = next(); event.isPresent(); event = next()) {
                if (event.get().name().equals("message")) {
                    use.take(TraceJson.read(event.get().data()));
                }
            }
        } catch (IOException | WireException ignored) {
            // What was said before counts.
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
