package dev.hearsay.live.transport;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.memory.Incoming;
import dev.hearsay.wire.LineAnswer;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.WireException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that somebody has made to a node: lines of messages, or HTTP. A line that is no message costs this connection
 * one line that says why.
 */
final class TcpConnection implements Readers.Reader {

    private enum State {
        /** Nothing has come that tells the language. */
        UNDECIDED,
        LINES,
        HTTP,
        /** The reason has been said; what still comes is thrown away, so that it is not lost in a reset. */
        REFUSED,
        CLOSED
    }

    private static final long GOODBYE_NANOS_MAX = 2_000_000_000L;
    private static final long DISCARD_MAX = 16L << 20;

    private static final LineAnswer STARTING =
            new LineAnswer("the node is starting or paused; try again in a moment", true);

    private static final LineAnswer CROWDED =
            new LineAnswer("too much is coming in at once; try again in a moment", true);

    private final NetSocket socket;
    private final TcpEndpoint endpoint;
    private final boolean isAmongSeeds;
    private final LineReader lines = new LineReader(MessageJson.MESSAGE_BYTES_MAX);
    private Buffer head = Buffer.buffer();
    private State state = State.UNDECIDED;
    private @Nullable HttpPassage passage;
    private final Incoming.Reading unfinished;
    private boolean isAccepted;
    private boolean isInputOver;
    private long sinceNanos = System.nanoTime();
    private long discarded;

    /** A connection that was accepted on the listener for peers, or on the one for seeds. */
    TcpConnection(NetSocket socket, TcpEndpoint endpoint, boolean isAmongSeeds) {
        this.socket = socket;
        this.endpoint = endpoint;
        this.isAmongSeeds = isAmongSeeds;
        this.unfinished = endpoint.reading(() -> refuse(CROWDED));
        Sockets.allowHalfClose(socket, this::onInputEnd);
        socket.exceptionHandler(broken -> {});
        socket.closeHandler(ignored -> onClosed());
        socket.handler(this::onPiece);
    }

    private void onPiece(Buffer piece) {
        switch (state) {
            case UNDECIDED -> decide(piece);
            case LINES -> takeLines(piece);
            case REFUSED -> {
                discarded += piece.length();
                if (discarded > DISCARD_MAX) {
                    abort();
                }
            }
            case HTTP, CLOSED -> {}
        }
    }

    private void decide(Buffer piece) {
        Buffer all = head.length() == 0 ? piece : head.copy().appendBuffer(piece);
        head = Buffer.buffer();
        switch (Language.of(all)) {
            case UNKNOWN -> head = all;
            case LINES -> {
                state = State.LINES;
                takeLines(all);
            }
            case HTTP -> {
                if (isAmongSeeds) {
                    refuse("this is the seeds' port; HTTP is answered at " + endpoint.self());
                } else {
                    state = State.HTTP;
                    passage = new HttpPassage(socket, all, endpoint.door());
                }
            }
            case NEITHER -> refuse("this is neither a JSON object nor HTTP");
        }
    }

    private void takeLines(Buffer piece) {
        endpoint.traffic().received(piece.length());
        lines.add(piece);
        List<Message> batch = new ArrayList<>();
        NodeId from = endpoint.self();
        String complaint = "";
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (LineReader.isBlank(line)) {
                    continue;
                }
                MessageJson.Line read = endpoint.read(line, isAmongSeeds);
                if (!read.from().equals(from) && !deliver(from, batch)) {
                    return;
                }
                from = read.from();
                batch.add(read.message());
            }
        } catch (WireException e) {
            complaint = String.valueOf(e.getMessage());
        }
        if (!deliver(from, batch)) {
            return;
        }
        if (!complaint.isEmpty()) {
            refuse(complaint);
        } else if (!isHeld()) {
            refuse(CROWDED);
        }
    }

    /** Counts how much this connection holds; false if that is too much with what the others hold. */
    private boolean isHeld() {
        return unfinished.holds(state == State.LINES ? lines.held() : 0);
    }

    /** Hands over what has come from one node; answers whether the connection goes on. */
    private boolean deliver(NodeId from, List<Message> batch) {
        if (batch.isEmpty()) {
            return true;
        }
        if (!endpoint.received(from, List.copyOf(batch), this)) {
            refuse(STARTING);
            return false;
        }
        batch.clear();
        if (state == State.CLOSED) {
            return false;
        }
        sinceNanos = System.nanoTime();
        accept();
        return true;
    }

    private void accept() {
        if (!isAccepted) {
            isAccepted = true;
            write(LineAnswer.ACCEPTED);
        }
    }

    /** Writes an answer to what is just being taken; who does not read it does not get it. */
    void answer(byte[] line) {
        if (state == State.LINES && !socket.writeQueueFull()) {
            accept();
            endpoint.traffic().sent(line.length);
            socket.write(Buffer.buffer(line));
        }
    }

    private void write(LineAnswer answer) {
        Buffer line = Buffer.buffer(answer.toLine());
        endpoint.traffic().sent(line.length());
        socket.write(line);
    }

    private void refuse(String reason) {
        endpoint.complain("a connection from " + socket.remoteAddress() + ": " + reason);
        refuse(LineAnswer.refused(reason));
    }

    private void refuse(LineAnswer answer) {
        if (state == State.CLOSED || state == State.REFUSED) {
            return;
        }
        state = State.REFUSED;
        lines.clear();
        isHeld();
        sinceNanos = System.nanoTime();
        Buffer line = Buffer.buffer(answer.toLine());
        endpoint.traffic().sent(line.length());
        if (isInputOver) {
            socket.end(line);
        } else {
            socket.write(line).onSuccess(ignored -> {
                if (state == State.REFUSED) {
                    Sockets.endOutput(socket);
                }
            });
        }
    }

    private void onInputEnd() {
        isInputOver = true;
        if (passage != null) {
            passage.onInputEnd();
        } else if ((state == State.LINES && lines.hasRest()) || head.length() > 0) {
            refuse("the last line has no line break");
        } else {
            socket.end();
        }
    }

    private void onClosed() {
        state = State.CLOSED;
        lines.clear();
        isHeld();
        if (passage != null) {
            passage.onClosed();
        }
        endpoint.forget(this);
    }

    /** Closes what has taken too long; called every second. */
    void sweep(long nowNanos, long silenceNanosMax) {
        long silentNanos = nowNanos - sinceNanos;
        switch (state) {
            case UNDECIDED, LINES -> {
                if (silentNanos > silenceNanosMax) {
                    // Nobody's fault, so nobody is told but the sender: it may have been paused.
                    refuse(new LineAnswer("no whole message for " + silenceNanosMax / 1_000_000_000L + " s", true));
                }
            }
            case REFUSED -> {
                if (silentNanos > GOODBYE_NANOS_MAX) {
                    abort();
                }
            }
            case HTTP -> {
                if (passage != null) {
                    passage.sweep(nowNanos);
                }
            }
            case CLOSED -> {}
        }
    }

    /** The node closes; what its pages still have to say is theirs. */
    void leave() {
        if (state != State.HTTP) {
            state = State.CLOSED;
            Sockets.close(socket);
        }
    }

    void abort() {
        state = State.CLOSED;
        Sockets.abort(socket);
    }

    String host() {
        return socket.remoteAddress().hostAddress();
    }

    @Override
    public boolean isStalled() {
        return socket.writeQueueFull() || (passage == null ? !isAccepted : !passage.hasAnswered());
    }

    @Override
    public void dismiss(String reason) {
        abort();
    }
}
