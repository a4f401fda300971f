package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.http.EventStreamReader;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The events of many nodes, in one queue. A node whose stream ends is reported as stopped. */
final class Subscriptions implements AutoCloseable {

    /** Who is slower than the nodes reads no more for a while; what they do not keep that long is missed. */
    private static final int LINES_MAX = 100_000;

    private final List<Contact> nodes = new ArrayList<>();
    private final List<Contact> absent = new ArrayList<>();
    private final ConcurrentLinkedQueue<EventStreamReader> streams = new ConcurrentLinkedQueue<>();
    private final LinkedBlockingQueue<TraceJson.Line> lines = new LinkedBlockingQueue<>(LINES_MAX);

    private Subscriptions() {}

    /** Subscribes to all of these nodes that run; when this returns, none of their events is missed. */
    static Subscriptions open(List<Contact> wanted) {
        Subscriptions subscriptions = new Subscriptions();
        Contact.eachAtOnce(wanted, subscriptions::open);
        return subscriptions;
    }

    private void open(Contact contact) {
        try {
            if (contact.runs()) {
                EventStreamReader stream = EventStreamReader.open(
                        contact.called(), contact.address().toString(), "");
                streams.add(stream);
                synchronized (this) {
                    nodes.add(contact);
                }
                Thread.ofVirtual().start(() -> read(stream, contact.address()));
                return;
            }
        } catch (Failure ignored) {
            // A node that does not answer counts as one that does not run.
        }
        synchronized (this) {
            absent.add(contact);
        }
    }

    private void read(EventStreamReader stream, NodeId node) {
        try {
            stream.forEach(lines::put);
            lines.put(new TraceJson.Line(0, node, new Lifecycle.Stopped()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The nodes that answered. */
    List<Contact> nodes() {
        return nodes;
    }

    /** The nodes that did not. */
    List<Contact> absent() {
        return absent;
    }

    /** The next event; null if none comes in time. */
    TraceJson.@Nullable Line poll(long nanos) throws InterruptedException {
        return lines.poll(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        streams.forEach(EventStreamReader::close);
    }
}
