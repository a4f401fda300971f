package dev.hearsay.web.watch;

import dev.hearsay.live.http.EventParser;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.web.picture.NodeModel;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the events of one node for as long as the dashboard runs; a node that is away is tried again and again. */
final class NodeFollower {

    private static final Logger LOG = LoggerFactory.getLogger(NodeFollower.class);
    private static final long RETRY_NANOS_MIN = 500_000_000L;
    private static final long RETRY_NANOS_MAX = 5_000_000_000L;

    /** A line of the trace names at most all members; a longer line is no event of a node. */
    private static final int LINE_BYTES_MAX = 8 << 20;

    /** Hears of the node. */
    interface Listener {
        void onConnected(NodeModel node);

        void onLost(NodeModel node);

        /**
         * It has told something.
         *
         * @param text the line itself
         */
        void onEvent(NodeModel node, TraceJson.Line line, String text);

        /** It lives, though it may have nothing to say. */
        void onSign(NodeModel node);

        void onMissed(NodeModel node);
    }

    private final Loop loop;
    private final NodeClient client;
    private final NodeModel node;
    private final Listener listener;
    private String lastId;
    private long retryNanos = RETRY_NANOS_MIN;
    private boolean isOpen;

    /**
     * A watch that has not begun.
     *
     * @param lastId the event after which to begin: 0 for all that the node remembers, empty for those to come
     */
    NodeFollower(Loop loop, NodeClient client, NodeModel node, String lastId, Listener listener) {
        this.loop = loop;
        this.client = client;
        this.node = node;
        this.lastId = lastId;
        this.listener = listener;
    }

    void open() {
        if (client.isClosed() || node.isForgotten()) {
            return;
        }
        client.events(node.address, lastId).onSuccess(this::follow).onFailure(failure -> retry());
    }

    private void follow(HttpClientResponse response) {
        if (response.statusCode() != 200 || node.isForgotten()) {
            // What it says instead is of no use here.
            response.exceptionHandler(broken -> {});
            response.request().reset();
            retry();
            return;
        }
        isOpen = true;
        retryNanos = RETRY_NANOS_MIN;
        listener.onConnected(node);
        EventParser events = new EventParser();
        RecordParser lines = RecordParser.newDelimited("\n", line -> {
                    EventParser.Event event = events.take(line.toString());
                    if (event != null) {
                        onEvent(event);
                    }
                })
                .maxRecordSize(LINE_BYTES_MAX);
        response.handler(piece -> {
            listener.onSign(node);
            lines.handle(piece);
        });
        response.exceptionHandler(broken -> over());
        response.endHandler(ignored -> over());
    }

    private void onEvent(EventParser.Event event) {
        lastId = event.id().isEmpty() ? lastId : event.id();
        if (event.name().equals("missed")) {
            listener.onMissed(node);
            return;
        }
        String data = event.data();
        try {
            TraceJson.Line line = TraceJson.read(data);
            if (line.node().equals(node.address)) {
                // Between its fields JSON may have line breaks, and a trace must not.
                boolean isOneLine = data.indexOf('\n') < 0;
                String text = isOneLine ? data : TraceJson.write(line.atMicros(), line.node(), line.event());
                listener.onEvent(node, line, text);
            }
        } catch (WireException e) {
            LOG.debug("The node at {} says what makes no sense: {}", node.address, e.getMessage());
        }
    }

    private void over() {
        if (isOpen) {
            isOpen = false;
            listener.onLost(node);
            retry();
        }
    }

    private void retry() {
        loop.after(retryNanos, this::open);
        retryNanos = Math.min(RETRY_NANOS_MAX, retryNanos * 2);
    }
}
