package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.LineAnswer;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.WireException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;

/**
 * A link on which a batch is some lines. The first one on a connection is taken when the peer says so; from then on whatever
 * the connection has room for is, and what was written to one that then breaks is lost.
 */
final class TcpLink extends Link {

    /** A peer that keeps its connection open for so long has no complaint, though it may know nothing of ACCEPTED. */
    private static final long CONSENT_NANOS = 1_000_000_000L;

    /** Answers are short, and those of many nodes must not fill the memory. */
    static final int ANSWER_BYTES_MAX = 256 << 10;

    private final MessageJson json;
    private LineReader lines = new LineReader(ANSWER_BYTES_MAX);
    private boolean isAccepted;

    TcpLink(Loop loop, NetClient client, NodeId to, int port, Transport.Receiver receiver, MessageJson json) {
        super(loop, client, to, port, receiver);
        this.json = json;
    }

    @Override
    void begin() {
        lines = new LineReader(ANSWER_BYTES_MAX);
        isAccepted = false;
    }

    @Override
    boolean write(NetSocket connection, List<byte[]> batch) {
        int length = 0;
        for (byte[] line : batch) {
            length += line.length;
        }
        Buffer bytes = Buffer.buffer(length);
        for (byte[] line : batch) {
            bytes.appendBytes(line);
        }
        connection.write(bytes);
        receiver.traffic().sent(length);
        if (isAccepted && connection.writeQueueFull()) {
            connection.drainHandler(ignored -> {
                connection.drainHandler(null);
                if (isAwaiting()) {
                    taken();
                }
            });
            return false;
        }
        return isAccepted;
    }

    @Override
    void read(Buffer piece) {
        receiver.traffic().received(piece.length());
        lines.add(piece);
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                LineAnswer answer = LineAnswer.find(line);
                if (answer == null) {
                    answered(json.readLine(line));
                    continue;
                }
                if (!answer.isAccepted()) {
                    refused(answer);
                    return;
                }
                accepted();
            }
        } catch (WireException e) {
            receiver.refused(to + " does not answer as a node: " + e.getMessage());
            forgetBatch();
            abandon();
        }
    }

    /** A node that does not know this one has answered where it was asked. */
    private void answered(MessageJson.Line line) throws WireException {
        if (!line.from().equals(to)) {
            throw new WireException("an answer from " + line.from() + " on a connection to " + to);
        }
        if (!PeerLinks.isAnswer(line.message())) {
            throw new WireException("a message that is no answer");
        }
        receiver.received(to, List.of(line.message()));
    }

    private void accepted() {
        confirmed();
        if (!isAccepted) {
            isAccepted = true;
            if (isAwaiting()) {
                taken();
            }
        }
    }

    private void refused(LineAnswer answer) {
        if (!answer.isRetry()) {
            receiver.refused(to + " refused what it was sent: " + answer.error());
            forgetBatch();
        }
        abandon();
    }

    @Override
    void onWaiting(NetSocket connection, long nanos) {
        if (!isAccepted && nanos > CONSENT_NANOS && !connection.writeQueueFull()) {
            isAccepted = true;
            taken();
        }
    }
}
