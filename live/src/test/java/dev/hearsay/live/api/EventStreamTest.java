package dev.hearsay.live.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    /** Somebody who listens. */
    private static final class Listener implements AutoCloseable {
        final Socket socket;
        final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Listener(NodeId node, String header) throws IOException {
            socket = new Socket(node.host(), node.port());
            socket.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: " + node + "\r\n" + header + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            Thread.ofVirtual().start(this::read);
            Await.until("the stream begins", () -> lines.contains("retry: 1000"));
        }

        private void read() {
            try {
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("broken");
            }
        }

        List<TraceJson.Line> events() {
            return lines.stream()
                    .filter(line -> line.startsWith("data: {\"v\""))
                    .map(Listener::parse)
                    .toList();
        }

        private static TraceJson.Line parse(String line) {
            try {
                return TraceJson.read(line.substring("data: ".length()));
            } catch (WireException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }

        String lastId() {
            return lines.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((a, b) -> b)
                    .orElseThrow()
                    .substring("id: ".length());
        }

        long published() {
            return events().stream()
                    .filter(event -> event.event() instanceof RumorProtocol.Published)
                    .count();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Host host;
    private NodeId node;

    @BeforeEach
    void start() throws Exception {
        List<HostOptions.Member> members = Network.of(2, "full");
        node = members.getFirst().address();
        host = Host.start(HostOptions.inMemory(members));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void publish(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            host.node(1).publish(new byte[] {'x'}).toCompletableFuture().join();
        }
    }

    @Test
    void tellsWhatHappensFromNowOn() throws Exception {
        publish(1);
        try (Listener listener = new Listener(node, "")) {
            publish(2);
            Await.until("two are heard of", () -> listener.published() == 2);
            Await.until(
                    "convergence is announced",
                    () -> listener.events().stream()
                                    .filter(event -> event.event() instanceof RumorProtocol.Converged)
                                    .count()
                            >= 2);
            assertThat(listener.events()).allMatch(event -> event.node().equals(node));
            assertThat(listener.events()).extracting(TraceJson.Line::atMicros).isSorted();
            assertThat(listener.lines).contains("HTTP/1.1 200 OK", "content-type: text/event-stream");
        }
    }

    @Test
    void goesOnWhereAListenerLeftOff() throws Exception {
        String lastId;
        try (Listener listener = new Listener(node, "")) {
            publish(1);
            Await.until("one is heard of", () -> listener.published() == 1);
            lastId = listener.lastId();
        }
        publish(3);
        try (Listener listener = new Listener(node, "Last-Event-ID: " + lastId + "\r\n")) {
            Await.until("the three meanwhile", () -> listener.published() == 3);
            assertThat(listener.lines).noneMatch(line -> line.contains("missed"));
        }
    }

    @Test
    void tellsAllThatIsKept() throws Exception {
        publish(5);
        try (Listener listener = new Listener(node, "Last-Event-ID: 0\r\n")) {
            Await.until("all five", () -> listener.published() == 5);
            assertThat(listener.events().getFirst().event()).isInstanceOf(Lifecycle.Started.class);
        }
    }

    @Test
    void saysHowManyWereMissed() throws Exception {
        String lastId;
        try (Listener listener = new Listener(node, "")) {
            publish(1);
            Await.until("one is heard of", () -> listener.published() == 1);
            lastId = listener.lastId();
        }
        publish(20_000);
        try (Listener listener = new Listener(node, "Last-Event-ID: " + lastId + "\r\n")) {
            Await.until("it is said", () -> listener.lines.contains("event: missed"));
            Await.until(
                    "with a number",
                    () -> listener.lines.stream().anyMatch(line -> line.matches("data: \\{\"missed\":\\d{4,6}}")));
        }
        try (Listener listener = new Listener(node, "Last-Event-ID: 17\r\n")) {
            Await.until("it is said", () -> listener.lines.contains("event: missed"));
        }
    }

    @Test
    void aListenerThatDoesNotReadHoldsUpNobody() throws Exception {
        try (Socket deaf = new Socket(node.host(), node.port())) {
            deaf.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: " + node + "\r\nLast-Event-ID: 0\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            publish(20_000);
            assertThat(Http.get(node, "/healthz").statusCode()).isEqualTo(200);
            try (Listener listener = new Listener(node, "")) {
                publish(1);
                Await.until("others hear", () -> listener.published() >= 1);
            }
        }
    }

    @Test
    void endsWhenTheNodeStops() throws Exception {
        try (Listener listener = new Listener(node, "")) {
            host.node(1).stop();
            Await.until(
                    "the last words",
                    () -> listener.events().stream().anyMatch(event -> event.event() instanceof Lifecycle.Stopped));
        }
    }

    @Test
    void refusesANumberThatIsNone() {
        assertThat(Http.get(node, "/events", "last-event-id", "x").statusCode()).isEqualTo(400);
    }

    @Test
    void silentReadersLockNobodyOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(node.host(), node.port());
                socket.getOutputStream()
                        .write(("GET /events HTTP/1.1\r\nHost: " + node + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                silent.add(socket);
            }
            try (Listener owner = new Listener(node, "");
                    Listener another = new Listener(node, "")) {
                publish(1);
                Await.until("both hear of it", () -> owner.published() == 1 && another.published() == 1);
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
