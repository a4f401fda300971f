package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.memory.MemoryBudget;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from one node to one peer: a connection that is kept, and made when there is something to send. What is sent while
 * the peer has not taken the last batch gathers in the outbox and goes with the next one, so the batches are the larger the
 * busier the peer is. What a batch looks like, and how one sees that it was taken, is the matter of the transport.
 */
abstract class Link {

    private enum State {
        /** Nothing to send, no connection. */
        IDLE,
        CONNECTING,
        /** Connected, and nothing under way. */
        READY,
        /** A batch is under way. */
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

    /** A peer that has not taken a batch for so long is given up, and with it the connection. */
    private static final long ANSWER_NANOS_MAX = 5_000_000_000L;

    /** After so long without success, what waits is thrown away: the peer will ask for it if it ever comes back. */
    private static final long FAILING_NANOS_MAX = 15_000_000_000L;

    /** A connection that nobody needs is closed: those to strangers, whom anti-entropy asks once. */
    private static final long IDLE_NANOS_MAX = 10_000_000_000L;

    final NodeId to;
    final Transport.Receiver receiver;
    private final Loop loop;
    private final NetClient client;
    private final int port;
    private final Outbox outbox =
            new Outbox(MESSAGES_MAX, OUTBOX_BYTES_MAX, MemoryBudget.ofProcess().queues());
    private final Runnable flush = this::flush;
    private State state = State.IDLE;
    private boolean isFlushDue;
    private @Nullable NetSocket socket;
    private List<byte[]> underWay = List.of();
    private long sinceNanos;
    private long succeededNanos;
    private long backOffNanos = BACK_OFF_NANOS_MIN;
    private boolean isLinked;
    private long dropped;

    /**
     * A link without a connection.
     *
     * @param port where the peer listens for this node
     */
    Link(Loop loop, NetClient client, NodeId to, int port, Transport.Receiver receiver) {
        this.loop = loop;
        this.client = client;
        this.to = to;
        this.port = port;
        this.receiver = receiver;
        this.succeededNanos = System.nanoTime();
    }

    /** There is a new connection: what was half read from the last one is void. */
    abstract void begin();

    /**
     * Writes a batch; answers whether it counts as taken at once. If not, one of {@link #taken} and {@link #abandon} must
     * follow, and does by itself when the connection breaks or too much time passes.
     */
    abstract boolean write(NetSocket connection, List<byte[]> batch);

    /** Something has come on the connection. */
    abstract void read(Buffer piece);

    /** A batch has been under way for so long. */
    abstract void onWaiting(NetSocket connection, long nanos);

    // --- What the endpoint asks for ----------------------------------------------------------------------------------

    /**
     * Sends a message, soon.
     *
     * @param isUrgent whether it goes before all that waits
     */
    final void send(byte[] message, boolean isUrgent) {
        if (state == State.CLOSED) {
            return;
        }
        dropped += isUrgent ? outbox.addUrgent(message) : outbox.add(message);
        flushAtTurnEnd();
    }

    final int queued() {
        return outbox.size() + underWay.size();
    }

    /** Whether it has nothing to bring, or cannot bring it. */
    final boolean isIdleOrFailing() {
        return state == State.BACKING_OFF || (outbox.isEmpty() && (state == State.READY || state == State.IDLE));
    }

    /** The peer has been heard of: no reason to wait any longer. */
    final void peerIsUp() {
        backOffNanos = BACK_OFF_NANOS_MIN;
        if (state == State.BACKING_OFF) {
            state = State.IDLE;
            flushAtTurnEnd();
        }
    }

    /**
     * Looks for what has taken too long, and reports what was dropped; called now and then.
     *
     * @return whether nobody needs this link any more
     */
    final boolean isOver(long nowNanos) {
        NetSocket connection = socket;
        if (state == State.AWAITING && connection != null) {
            long waitedNanos = nowNanos - sinceNanos;
            if (waitedNanos > ANSWER_NANOS_MAX) {
                abandon();
            } else {
                onWaiting(connection, waitedNanos);
            }
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

    final void close() {
        state = State.CLOSED;
        outbox.clear();
        forgetBatch();
        disconnect();
    }

    // --- What the transport tells ------------------------------------------------------------------------------------

    final boolean isAwaiting() {
        return state == State.AWAITING;
    }

    /** The peer has confirmed that it takes what is sent on this connection. */
    final void confirmed() {
        if (!isLinked) {
            isLinked = true;
            receiver.linked(to);
        }
    }

    /** The peer has the batch; the next one may go. */
    final void taken() {
        if (state == State.CLOSED) {
            return;
        }
        forgetBatch();
        state = State.READY;
        backOffNanos = BACK_OFF_NANOS_MIN;
        sinceNanos = System.nanoTime();
        succeededNanos = sinceNanos;
        flushAtTurnEnd();
    }

    /** What is under way is not worth another attempt. */
    final void forgetBatch() {
        outbox.done();
        underWay = List.of();
    }

    /** Gives the connection up; what was under way goes again with the next one. */
    final void abandon() {
        disconnect();
        if (state != State.CLOSED) {
            backOff();
        }
    }

    final void disconnect() {
        NetSocket connection = socket;
        socket = null;
        if (state != State.CLOSED) {
            state = State.IDLE;
        }
        if (connection != null) {
            Sockets.close(connection);
        }
    }

    // --- The connection ----------------------------------------------------------------------------------------------

    private void flushAtTurnEnd() {
        if (!isFlushDue && !outbox.isEmpty() && (state == State.READY || state == State.IDLE)) {
            isFlushDue = true;
            loop.atTurnEnd(flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        if (outbox.isEmpty()) {
            return;
        }
        NetSocket connection = socket;
        if (state == State.IDLE) {
            connect();
        } else if (state == State.READY && connection != null) {
            underWay = outbox.take(BATCH_BYTES_MAX);
            state = State.AWAITING;
            sinceNanos = System.nanoTime();
            if (write(connection, underWay)) {
                taken();
            }
        }
    }

    private void connect() {
        state = State.CONNECTING;
        Future<NetSocket> made =
                Addresses.tryAll(loop.vertx(), to.host(), port, client.connect(port, to.host()), client::connect);
        made.onComplete(attempt -> {
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
        isLinked = false;
        begin();
        connection.handler(piece -> {
            if (connection == socket && state != State.CLOSED) {
                read(piece);
            }
        });
        connection.exceptionHandler(broken -> {});
        connection.closeHandler(ignored -> onClosed(connection));
        state = State.READY;
        sinceNanos = System.nanoTime();
        flush();
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
}
