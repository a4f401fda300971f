package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.MessageJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A link on which every batch is a request, and taken when it is answered. */
final class HttpLink extends Link {

    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final byte[] head;
    private final byte[] batchStart;
    private final byte[] batchEnd = MessageJson.batchEnd();
    private ReceiptReader receipts = new ReceiptReader();

    HttpLink(Loop loop, NetClient client, NodeId self, NodeId to, Transport.Receiver receiver) {
        super(loop, client, to, to.port(), receiver);
        this.head = ("PUT /gossip HTTP/1.1\r\nHost: " + to + "\r\nContent-Type: " + MessageJson.CONTENT_TYPE
                        + "\r\nContent-Length: ")
                .getBytes(StandardCharsets.US_ASCII);
        this.batchStart = MessageJson.batchStart(self);
    }

    @Override
    void begin() {
        receipts = new ReceiptReader();
    }

    @Override
    boolean write(NetSocket connection, List<byte[]> batch) {
        int length = batchStart.length + batchEnd.length + batch.size() - 1;
        for (byte[] message : batch) {
            length += message.length;
        }
        Buffer request = Buffer.buffer(head.length + 16 + length)
                .appendBytes(head)
                .appendString(Integer.toString(length))
                .appendBytes(HEAD_END)
                .appendBytes(batchStart);
        for (int i = 0; i < batch.size(); i++) {
            if (i > 0) {
                request.appendByte((byte) ',');
            }
            request.appendBytes(batch.get(i));
        }
        connection.write(request.appendBytes(batchEnd));
        receiver.traffic().sent(request.length());
        return false;
    }

    @Override
    void read(Buffer piece) {
        receiver.traffic().received(piece.length());
        int status = receipts.read(piece);
        if (status == ReceiptReader.INCOMPLETE) {
            return;
        }
        if (!isAwaiting() || status == ReceiptReader.GARBAGE) {
            receiver.refused(to + " does not answer in HTTP");
            forgetBatch();
            abandon();
        } else if (status == 503) {
            // It runs, but is not ready to take messages.
            abandon();
        } else {
            answered(status);
        }
    }

    private void answered(int status) {
        if (status >= 300) {
            receiver.refused(to + " refused a batch of messages with status " + status);
        } else {
            confirmed();
        }
        taken();
        if (receipts.isLast()) {
            disconnect();
        }
    }

    /** Only an answer tells. */
    @Override
    void onWaiting(NetSocket connection, long nanos) {}
}
