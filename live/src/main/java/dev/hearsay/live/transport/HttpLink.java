package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.MessageJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from one node to one peer: a connection that is kept, and on it one request at a time. What is sent meanwhile
 * gathers in the outbox and goes with the next request, so the batches are the larger the busier the peer is.
 */
final class HttpLink {

    private enum State {
        /** Nothing to send, no connection. */
        IDLE,
        CONNECTING,
        /** Connected, and nothing under way. */
        READY,
        /** A request is under way. */
        AWAITING,
        /** The last attempt failed; the next one waits. */
        BACKING_OFF,
        CLOSED
    }

    private static final int MESSAGES_MAX = 65536;
    private static final long OUTBOX_BYTES_MAX = 16L << 20;

    /** Small enough that a busy loop gets round to all its links many times a second. */
    private static final long BATCH_BYTES_MAX = 128L << 10;

    private static final long BACK_OFF_NANOS_MIN = 50_000_000L;
    private static final long BACK_OFF_NANOS_MAX = 1_000_000_000L;

    /** A peer that has not answered for so long is given up, and with it the connection. */
    private static final long ANSWER_NANOS_MAX = 5_000_000_000L;

    /** After so long without success, what waits is thrown away: the peer will ask for it if it ever comes back. */
    private static final long FAILING_NANOS_MAX = 15_000_000_000L;

    /** A connection that nobody needs is closed: those to strangers, whom anti-entropy asks once. */
    private static final long IDLE_NANOS_MAX = 10_000_000_000L;

    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final Loop loop;
    private final NetClient client;
    private final NodeId to;
    private final Transport.Receiver receiver;
    private final byte[] head;
    private final byte[] batchStart;
    private final byte[] batchEnd = MessageJson.batchEnd();
    private final Outbox outbox = new Outbox(MESSAGES_MAX, OUTBOX_BYTES_MAX);
    private final Runnable flush = this::flush;
    private State state = State.IDLE;
    private boolean isFlushDue;
    private @Nullable NetSocket socket;
    private ReceiptReader receipts = new ReceiptReader();
    private List<byte[]> underWay = List.of();
    private long sinceNanos;
    private long succeededNanos;
    private long backOffNanos = BACK_OFF_NANOS_MIN;
    private boolean isLinked;
    private long dropped;

    HttpLink(Loop loop, NetClient client, NodeId self, NodeId to, Transport.Receiver receiver) {
        this.loop = loop;
        this.client = client;
        this.to = to;
        this.receiver = receiver;
        this.head = ("PUT /gossip HTTP/1.1\r\nHost: " + to + "\r\nContent-Type: " + MessageJson.CONTENT_TYPE
                        + "\r\nContent-Length: ")
                .getBytes(StandardCharsets.US_ASCII);
        this.batchStart = MessageJson.batchStart(self);
        this.succeededNanos = System.nanoTime();
    }

    /**
     * Sends a message, soon.
     *
     * @param isUrgent whether it goes before all that waits
     */
    void send(byte[] message, boolean isUrgent) {
        if (state == State.CLOSED) {
            return;
        }
        dropped += isUrgent ? outbox.addUrgent(message) : outbox.add(message);
        flushAtTurnEnd();
    }

    int queued() {
        return outbox.size() + underWay.size();
    }

    /** The peer has been heard of: no reason to wait any longer. */
    void peerIsUp() {
        backOffNanos = BACK_OFF_NANOS_MIN;
        if (state == State.BACKING_OFF) {
            state = State.IDLE;
            flushAtTurnEnd();
        }
    }

    private void flushAtTurnEnd() {
        if (!isFlushDue && (state == State.READY || state == State.IDLE)) {
            isFlushDue = true;
            loop.atTurnEnd(flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        if (outbox.isEmpty()) {
            return;
        }
        if (state == State.IDLE) {
            connect();
        } else if (state == State.READY) {
            put();
        }
    }

    private void connect() {
        state = State.CONNECTING;
        client.connect(to.port(), to.host()).onComplete(attempt -> {
            if (state == State.CLOSED) {
                if (attempt.succeeded()) {
                    attempt.result().close();
                }
            } else if (attempt.succeeded()) {
                connected(attempt.result());
            } else {
                backOff();
            }
        });
    }

    private void connected(NetSocket connection) {
        socket = connection;
        receipts = new ReceiptReader();
        isLinked = false;
        connection.handler(piece -> onAnswer(connection, piece));
        connection.exceptionHandler(broken -> {});
        connection.closeHandler(ignored -> onClosed(connection));
        state = State.READY;
        sinceNanos = System.nanoTime();
        flush();
    }

    private void put() {
        NetSocket connection = socket;
        if (connection == null) {
            return;
        }
        underWay = outbox.take(BATCH_BYTES_MAX);
        int length = batchStart.length + batchEnd.length + underWay.size() - 1;
        for (byte[] message : underWay) {
            length += message.length;
        }
        Buffer request = Buffer.buffer(head.length + 16 + length)
                .appendBytes(head)
                .appendString(Integer.toString(length))
                .appendBytes(HEAD_END)
                .appendBytes(batchStart);
        for (int i = 0; i < underWay.size(); i++) {
            if (i > 0) {
                request.appendByte((byte) ',');
            }
            request.appendBytes(underWay.get(i));
        }
        state = State.AWAITING;
        sinceNanos = System.nanoTime();
        connection.write(request.appendBytes(batchEnd));
    }

    private void onAnswer(NetSocket connection, Buffer piece) {
        if (connection != socket || state == State.CLOSED) {
            return;
        }
        int status = receipts.read(piece);
        if (status == ReceiptReader.INCOMPLETE) {
            return;
        }
        if (state != State.AWAITING || status == ReceiptReader.GARBAGE) {
            receiver.refused(to + " does not answer in HTTP");
            underWay = List.of();
            abandon();
        } else if (status == 503) {
            // It runs, but is not ready to take messages.
            abandon();
        } else {
            succeeded(status);
        }
    }

    private void succeeded(int status) {
        underWay = List.of();
        if (status >= 300) {
            receiver.refused(to + " refused a batch of messages with status " + status);
        } else if (!isLinked) {
            isLinked = true;
            receiver.linked(to);
        }
        state = State.READY;
        backOffNanos = BACK_OFF_NANOS_MIN;
        sinceNanos = System.nanoTime();
        succeededNanos = sinceNanos;
        if (receipts.isLast()) {
            disconnect();
        }
        flushAtTurnEnd();
    }

    private void onClosed(NetSocket connection) {
        if (connection == socket && state != State.CLOSED) {
            if (state == State.AWAITING) {
                abandon();
            } else {
                disconnect();
                flushAtTurnEnd();
            }
        }
    }

    /** Gives the connection up; what was under way goes again with the next one. */
    private void abandon() {
        disconnect();
        backOff();
    }

    private void disconnect() {
        NetSocket connection = socket;
        socket = null;
        if (state != State.CLOSED) {
            state = State.IDLE;
        }
        if (connection != null) {
            connection.close();
        }
    }

    private void backOff() {
        dropped += outbox.putBack(underWay);
        underWay = List.of();
        state = State.BACKING_OFF;
        long wait = backOffNanos;
        backOffNanos = Math.min(2 * backOffNanos, BACK_OFF_NANOS_MAX);
        loop.after(wait, () -> {
            if (state == State.BACKING_OFF) {
                state = State.IDLE;
                flush();
            }
        });
    }

    /**
     * Looks for what has taken too long, and reports what was dropped; called now and then.
     *
     * @return whether nobody needs this link any more
     */
    boolean isOver(long nowNanos) {
        if (state == State.AWAITING && nowNanos - sinceNanos > ANSWER_NANOS_MAX) {
            abandon();
        }
        if (outbox.isEmpty() && state == State.READY && nowNanos - sinceNanos > IDLE_NANOS_MAX) {
            close();
        }
        if (state == State.BACKING_OFF && nowNanos - succeededNanos > FAILING_NANOS_MAX) {
            dropped += outbox.clear();
            close();
        }
        if (dropped > 0) {
            receiver.overflowed(to, dropped);
            dropped = 0;
        }
        return state == State.CLOSED || (state == State.IDLE && outbox.isEmpty());
    }

    void close() {
        state = State.CLOSED;
        outbox.clear();
        underWay = List.of();
        disconnect();
    }
}
