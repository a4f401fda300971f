package dev.hearsay.cli.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NodeWatchTest {

    private static final int EVENTS = 15_000;

    /** Tells everything at once, as fast as it is taken. */
    private static void tell(ServerSocket node) {
        try (Socket connection = node.accept();
                OutputStream out = connection.getOutputStream()) {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            for (int i = 0; i < EVENTS; i++) {
                out.write(("id: " + (i + 1) + "\ndata: " + i + "\n\n").getBytes(UTF_8));
            }
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The watch has ended.
        }
    }

    @Test
    @Timeout(60)
    void whoDoesNotReadWhatIsWatchedMakesTheNodesWait() throws Exception {
        try (ServerSocket node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> tell(node));
            BlockingQueue<NodeWatch.Observation> observations = Watch.observations();
            Contact contact = Contact.at(new NodeId("127.0.0.1", node.getLocalPort()));
            Thread watch = Thread.ofVirtual().start(new NodeWatch(contact, () -> true, observations));
            while (observations.remainingCapacity() > 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < EVENTS; i++) {
                assertThat(observations).hasSizeLessThanOrEqualTo(10_000);
                assertThat(observations.poll(30, TimeUnit.SECONDS)).isEqualTo(new NodeWatch.Seen(Integer.toString(i)));
            }
            watch.interrupt();
        }
    }
}
