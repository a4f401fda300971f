package dev.hearsay.cli.check;

import dev.hearsay.cli.http.EventStreamReader;
import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayList;
import java.util.List;

/** All events of all nodes of a network, from the beginning, as their event streams tell them. */
final class NetworkEvents implements AutoCloseable {

    /** What a node has told. */
    record Told<S extends Event>(long atMicros, NodeId node, S event) {}

    private final List<TraceJson.Line> lines = new ArrayList<>();
    private final List<EventStreamReader> streams = new ArrayList<>();

    /** Listens to a node from its start on. One that is started again has to be listened to again. */
    void listenTo(NodeId node) {
        EventStreamReader stream = EventStreamReader.open("The node", node.toString(), "0");
        synchronized (streams) {
            streams.add(stream);
        }
        Thread.ofVirtual().start(() -> follow(stream));
    }

    private void follow(EventStreamReader stream) {
        try (stream) {
            stream.forEach(line -> {
                synchronized (lines) {
                    lines.add(line);
                }
            });
        }
    }

    /** What has been told of one kind, in the order in which it was heard. */
    <S extends Event> List<Told<S>> of(Class<S> kind) {
        List<Told<S>> found = new ArrayList<>();
        synchronized (lines) {
            for (TraceJson.Line line : lines) {
                if (kind.isInstance(line.event())) {
                    found.add(new Told<>(line.atMicros(), line.node(), kind.cast(line.event())));
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        synchronized (streams) {
            streams.forEach(EventStreamReader::close);
        }
    }
}
