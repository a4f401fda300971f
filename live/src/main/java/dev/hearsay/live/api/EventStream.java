package dev.hearsay.live.api;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.EventRing;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.wire.TraceJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * {@code GET /events}: events as they happen, as server-sent events that can be resumed. A reader that is too slow is told how
 * many it has missed; it never slows the node down, and nothing is kept for it but its place.
 */
final class EventStream implements Readers.Reader {

    /**
     * Events come in bursts, as when a rumor and its duplicates arrive. Readers get a burst as one piece, a little later: written one
     * by one, events would cost more than the rumor, and in the very moment when it should be passed on.
     */
    private static final long GATHER_NANOS = 20_000_000L;

    /** So many events at once; then the node has its turn. */
    private static final int BURST = 256;

    private static final long SIGN_OF_LIFE_NANOS = 15_000_000_000L;

    private final NodeId self;
    private final NodeDriver driver;
    private final HttpServerResponse response;
    private final Readers readers;
    private final Runnable happened = this::gather;
    private long next;
    private boolean isPumpDue;

    private EventStream(NodeId self, NodeDriver driver, HttpServerResponse response, Readers readers, long next) {
        this.self = self;
        this.driver = driver;
        this.response = response;
        this.readers = readers;
        this.next = next;
    }

    /**
     * Begins a stream.
     *
     * @param host where its reader is
     */
    static void open(NodeView node, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        EventRing ring = driver.ring();
        String resumed = request.getHeader("last-event-id");
        if (resumed != null && !resumed.matches("\\d{1,18}")) {
            Problem.badRequest(
                            "The header Last-Event-ID must be a number.",
                            "Leave it out to hear what happens from now on.")
                    .answer(request.response());
            return;
        }
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .setChunked(true);
        long last = resumed == null ? ring.last() : Long.parseLong(resumed);
        EventStream stream = new EventStream(node.address(), driver, response, readers, last + 1);
        response.exceptionHandler(gone -> {});
        response.closeHandler(ignored -> stream.leave());
        response.drainHandler(ignored -> stream.pump());
        response.write("retry: 1000\n\n");
        driver.watchers().add(stream.happened);
        readers.add(host, stream);
        stream.begin(last);
        stream.signOfLife();
    }

    /** Says so if something between the last event seen and the oldest one kept is gone. */
    private void begin(long last) {
        EventRing ring = driver.ring();
        if (last == 0) {
            next = ring.first();
        } else if (last < ring.base() || last > ring.last()) {
            response.write("event: missed\ndata: {\"reason\":\"the node's memory of events began anew\"}\n\n");
            next = ring.first();
        }
        pump();
    }

    private void gather() {
        if (driver.isOver()) {
            // There is no later.
            pump();
        } else if (!isPumpDue) {
            isPumpDue = true;
            driver.loop().after(GATHER_NANOS, this::pump);
        }
    }

    private void pump() {
        isPumpDue = false;
        EventRing ring = driver.ring();
        // What a reader that does not read would be told of later is not kept for it.
        if (response.closed() || response.ended() || (response.writeQueueFull() && !driver.isOver())) {
            return;
        }
        if (next < ring.first()) {
            response.write("event: missed\ndata: {\"missed\":" + (ring.first() - next) + "}\n\n");
            next = ring.first();
        }
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < BURST && next <= ring.last() && !response.writeQueueFull(); i++) {
            events.append("id: ").append(next).append("\ndata: ");
            events.append(TraceJson.write(ring.atMicros(next), self, ring.event(next)));
            events.append("\n\n");
            next++;
        }
        if (!events.isEmpty()) {
            response.write(events.toString());
        }
        if (driver.isOver()) {
            leave();
            response.end();
        } else if (next <= ring.last() && !response.writeQueueFull() && !isPumpDue) {
            isPumpDue = true;
            driver.loop().execute(this::pump);
        }
    }

    private void leave() {
        driver.watchers().remove(happened);
        readers.remove(this);
    }

    @Override
    public boolean isStalled() {
        return response.writeQueueFull();
    }

    @Override
    public void dismiss(String reason) {
        leave();
        if (response.closed() || response.ended()) {
            return;
        }
        if (isStalled()) {
            response.reset();
        } else {
            response.end("event: missed\ndata: {\"reason\":\"" + reason + "\"}\n\n");
        }
    }

    private void signOfLife() {
        driver.loop().after(SIGN_OF_LIFE_NANOS, () -> {
            if (!response.closed() && !response.ended()) {
                if (!response.writeQueueFull()) {
                    response.write(":\n\n");
                }
                signOfLife();
            }
        });
    }
}
