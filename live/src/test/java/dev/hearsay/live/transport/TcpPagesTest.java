package dev.hearsay.live.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Ports;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.wire.MessageJson;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP at a port of the TCP transport. */
class TcpPagesTest {

    private static final int LARGE = 24 << 20;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicLong streamed = new AtomicLong();
    private final Promise<Void> release = Promise.promise();
    private volatile HttpServerResponse stream;
    private volatile boolean isStreamFull;
    private Loops loops;
    private Loop loop;
    private NodeId node;
    private Transport.Endpoint endpoint;

    @BeforeEach
    void start() {
        loops = Loops.start(1);
        loop = loops.of(0);
        node = Ports.free();
        Transport transport = new TcpTransport(
                loops.vertx(), address -> TcpTransport.NO_SEED, self -> (request, host) -> handle(request));
        endpoint = loop.call(() -> transport.open(loop, node, receiver))
                .compose(opened -> opened)
                .await();
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/echo" -> request.body().onSuccess(response::end);
            case "/late" -> release.future().onSuccess(ignored -> response.end("late, but here"));
            case "/stream" -> {
                streams.incrementAndGet();
                response.closeHandler(ignored -> streams.decrementAndGet());
                response.setChunked(true)
                        .putHeader("content-type", "text/event-stream")
                        .write("data: 0\n\n");
                stream = response;
            }
            case "/endless" -> {
                response.closeHandler(ignored -> streams.decrementAndGet());
                streams.incrementAndGet();
                response.setChunked(true);
                pour(response, Buffer.buffer(new byte[65536]));
            }
            default -> response.setStatusCode(404).end("nothing here");
        }
    }

    /** Writes as long as somebody takes it. */
    private void pour(HttpServerResponse response, Buffer piece) {
        while (!response.closed() && !response.writeQueueFull()) {
            response.write(piece);
            streamed.addAndGet(piece.length());
        }
        isStreamFull = true;
        if (!response.closed()) {
            response.drainHandler(ignored -> pour(response, piece));
        }
    }

    @Test
    void answersWithThePagesOfTheNode() {
        HttpResponse<String> response = Http.get(node, "/somewhere");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("nothing here");
        assertThat(Http.post(node, "/echo", "apple").body()).isEqualTo("apple");
        assertThat(receiver.refused).isEmpty();
    }

    @Test
    void bothLanguagesAtOnce() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            nc.say("{\"from\":\"127.0.0.1:1\",\"type\":\"PING\",\"number\":7}\n");
            assertThat(nc.line()).contains("ACCEPTED");
            assertThat(Http.post(node, "/echo", "apple").body()).isEqualTo("apple");
            assertThat(nc.say("{\"from\":\"127.0.0.1:1\",\"type\":\"PING\",\"number\":8}\n")
                            .end()
                            .rest())
                    .isEmpty();
        }
        assertThat(receiver.got)
                .extracting(RecordingReceiver.Got::message)
                .containsExactly(new HeartbeatProtocol.Ping(7), new HeartbeatProtocol.Ping(8));
    }

    @Test
    void aMethodMayComeInPieces() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            for (char c : "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".toCharArray()) {
                nc.say(String.valueOf(c));
            }
            assertThat(nc.line()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void keepsAConnectionForSeveralRequests() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            for (int i = 0; i < 3; i++) {
                nc.say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(nc.line()).startsWith("HTTP/1.1 404");
                assertThat(nc.line()).contains("12");
                assertThat(nc.line()).isEqualTo("\r");
                assertThat(nc.read(12)).asString().isEqualTo("nothing here");
            }
            nc.say("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(nc.rest()).endsWith("nothing here");
        }
    }

    @Test
    void passesLargeBodiesBothWays() {
        byte[] large = new byte[LARGE];
        new Random(3).nextBytes(large);
        String text = HexFormat.of().formatHex(large, 0, LARGE / 2);
        assertThat(Http.post(node, "/echo", text).body().equals(text)).isTrue();
    }

    @Test
    void aClientThatHasEndedItsDirectionStillGetsItsAnswer() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            nc.say("GET /late HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .end();
            // By the time of the second answer, the end of the first client's direction has been seen.
            Http.get(node, "/");
            loop.execute(release::tryComplete);
            assertThat(nc.rest()).startsWith("HTTP/1.1 200").endsWith("late, but here");
        }
    }

    @Test
    void streamsEventsAsTheyCome() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            nc.say("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            for (int i = 0; i < 5; i++) {
                String event = "data: " + i;
                String line = nc.line();
                while (!line.equals(event)) {
                    line = nc.line();
                }
                String next = "data: " + (i + 1) + "\n\n";
                loop.execute(() -> stream.write(next));
            }
            assertThat(streams).hasValue(1);
        }
        Await.until("the page sees that its reader is gone", () -> streams.get() == 0);
    }

    @Test
    void aReaderThatIsSlowSlowsThePage() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            nc.say("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(nc.line()).startsWith("HTTP/1.1 200");
            Await.until("the page must wait", () -> isStreamFull && stalls());
            long before = streamed.get();
            assertThat(nc.read(LARGE)).hasSize(LARGE);
            Await.until("it goes on", () -> streamed.get() > before);
            // Both sockets of the way have room for some megabytes; what is beyond them is not written.
            assertThat(before).isLessThan(64 << 20);
        }
        Await.until("the page sees that its reader is gone", () -> streams.get() == 0);
    }

    /** Whether nothing more was written in a while of the loop's own. */
    private boolean stalls() {
        long before = streamed.get();
        Promise<Void> later = Promise.promise();
        loop.execute(() -> loop.after(50_000_000L, later::tryComplete));
        later.future().await();
        return streamed.get() == before;
    }

    @Test
    void closingTheNodeEndsItsHttpToo() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            nc.say("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(nc.line()).startsWith("HTTP/1.1 200");
            loop.call(() -> {
                        stream.write("data: last words\n\n");
                        return endpoint.close();
                    })
                    .compose(closed -> closed)
                    .await();
            assertThat(nc.rest()).contains("data: last words");
            Await.until("the page sees it", () -> streams.get() == 0);
        }
    }

    @Test
    void aReaderThatDoesNotReadDoesNotHoldUpClosing() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            nc.say("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(nc.line()).startsWith("HTTP/1.1 200");
            Await.until("the page must wait", () -> isStreamFull && stalls());
            assertThat(loop.call(endpoint::close)
                            .compose(closed -> closed)
                            .toCompletionStage()
                            .toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(30));
            Await.until("the page sees it", () -> streams.get() == 0);
        }
    }

    @Test
    void saysThatNodesDoNotSpeakHttpHere() {
        String batch = "{\"from\":\"127.0.0.1:1\",\"messages\":[{\"type\":\"PING\",\"number\":7}]}";
        HttpResponse<String> response = Http.send(
                "PUT", node, "/gossip", BodyPublishers.ofString(batch), "content-type", MessageJson.CONTENT_TYPE);
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(response.body()).contains("JSON lines, not batches over HTTP");
        assertThat(receiver.got).isEmpty();
    }

    @Test
    void whatOnlyBeginsLikeHttpGetsItsStatus() throws IOException {
        try (Netcat nc = new Netcat(node)) {
            assertThat(nc.say("GET nonsense\r\n\r\n").rest()).startsWith("HTTP/1.0 400");
        }
    }
}
