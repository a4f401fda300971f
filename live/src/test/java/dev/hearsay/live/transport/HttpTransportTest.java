package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.wire.MessageJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpTransportTest extends TransportContract {

    private static Pages noPages(NodeId self) {
        return (request, host) ->
                new Problem(404, "Not found", "No pages at " + self + ".", "").answer(request.response());
    }

    @Override
    Transport transport(Loops onLoops) {
        return new HttpTransport(onLoops.vertx(), HttpTransportTest::noPages);
    }

    @Override
    List<byte[]> garbage() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        return List.of(
                noise,
                "hello\r\n\r\n".getBytes(UTF_8),
                "PUT /gossip HTTP/1.1\r\nHost: x\r\nContent-Length: -7\r\n\r\n".getBytes(UTF_8),
                ("PUT /gossip HTTP/1.1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n").getBytes(UTF_8),
                put("not JSON at all"),
                put("{\"from\":\"127.0.0.1:7001\",\"messages\":[{\"type\":\"NOISE\"}]}"),
                put("{\"from\":\"nobody\",\"messages\":[]}"));
    }

    @Test
    void whoSaysNothingGivesWay() throws IOException {
        demandThatWhoSaysNothingGivesWay(
                new HttpTransport(loops.vertx(), BindAddress.OWN, HttpTransportTest::noPages, 8));
    }

    @Test
    void strangersAreAnsweredAtFewAddressesAtOnce() throws IOException {
        Peer a = peer().open();
        try (ServerSocket addresses = new ServerSocket(0, 1024)) {
            List<NodeId> names = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                names.add(new NodeId("127.9." + i / 250 + "." + (1 + i % 250), addresses.getLocalPort()));
            }
            a.receiver.strangers.addAll(names);
            names.forEach(name -> a.send(name, new HeartbeatProtocol.Pong(7)));
            // Whoever is let go of would be closed.
            List<Socket> calls = new ArrayList<>();
            demandCalls(addresses, 64, calls);
            assertThat(a.receiver.refused).isEmpty();
            names.reversed().forEach(name -> a.send(name, new HeartbeatProtocol.Ping(7)));
            demandCalls(addresses, PeerLinks.STRANGERS_MAX - 64, calls);
            assertThat(a.receiver.refused)
                    .isNotEmpty()
                    .allMatch(reason -> reason.contains("there are 256 such nodes to be talked to already"));
            for (Socket call : calls) {
                call.close();
            }
        }
    }

    /** So many connections are made, which nobody answers, and no more. */
    private static void demandCalls(ServerSocket addresses, int wanted, List<Socket> calls) throws IOException {
        addresses.setSoTimeout(30_000);
        for (int i = 0; i < wanted; i++) {
            calls.add(addresses.accept());
        }
        addresses.setSoTimeout(300);
        assertThatThrownBy(addresses::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private static byte[] put(String body) {
        return ("PUT /gossip HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + MessageJson.CONTENT_TYPE
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    @Override
    byte[] half(NodeId to) {
        return ("PUT /gossip HTTP/1.1\r\nHost: " + to + "\r\nContent-Type: " + MessageJson.CONTENT_TYPE
                        + "\r\nContent-Length: 1000\r\n\r\n{\"from\":")
                .getBytes(UTF_8);
    }

    private static HttpResponse<String> put(NodeId to, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + to + "/gossip"))
                    .header("content-type", MessageJson.CONTENT_TYPE)
                    .PUT(body);
            return client.send(
                    headers.length > 0 ? request.headers(headers).build() : request.build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void answersABatchWithAnEmptyReceipt() throws Exception {
        Peer a = peer().open();
        String batch = "{\"from\":\"127.0.0.1:1\",\"messages\":[{\"type\":\"PING\",\"number\":7}]}";
        HttpResponse<String> response = put(a.id, HttpRequest.BodyPublishers.ofString(batch));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(a.receiver.got)
                .containsExactly(new RecordingReceiver.Got(new NodeId("127.0.0.1", 1), new HeartbeatProtocol.Ping(7)));
    }

    @Test
    void saysWhatIsWrongWithABatch() throws Exception {
        Peer a = peer().open();
        HttpResponse<String> response = put(a.id, HttpRequest.BodyPublishers.ofString("{\"messages\":[]}"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(response.body()).contains("This is no batch of messages: 'from' is missing.");
        assertThat(a.receiver.refused).singleElement().asString().contains("'from' is missing");
    }

    @Test
    void refusesABodyThatIsTooLargeWithoutKeepingIt() throws Exception {
        Peer a = peer().open();
        byte[] large = new byte[9 << 20];
        HttpResponse<String> response = put(a.id, HttpRequest.BodyPublishers.ofByteArray(large));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("The body is larger than");
    }

    @Test
    void refusesAChunkedBodyThatGrowsTooLarge() throws Exception {
        Peer a = peer().open();
        try (Socket socket = new Socket(a.id.host(), a.id.port())) {
            socket.setSoTimeout(30_000);
            var out = socket.getOutputStream();
            out.write(("PUT /gossip HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Type: "
                            + MessageJson.CONTENT_TYPE + "\r\n\r\n")
                    .getBytes(UTF_8));
            byte[] chunk = new byte[1 << 20];
            for (int i = 0; i < 9; i++) {
                out.write("100000\r\n".getBytes(UTF_8));
                out.write(chunk);
                out.write("\r\n".getBytes(UTF_8));
            }
            out.flush();
            assertThat(readLine(socket.getInputStream())).contains(" 413 ");
        }
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void takesNoBatchFromAWebPage() throws Exception {
        Peer a = peer().open();
        String batch = "{\"from\":\"127.0.0.1:1\",\"messages\":[]}";
        HttpResponse<String> response =
                put(a.id, HttpRequest.BodyPublishers.ofString(batch), "origin", "http://evil.example");
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void reportsAPeerThatSpeaksSomethingElse() throws Exception {
        Peer a = peer().open();
        NodeId other = peer().id;
        try (var server = new java.net.ServerSocket(other.port(), 1, java.net.InetAddress.getByName(other.host()))) {
            a.send(other, new HeartbeatProtocol.Ping(1));
            try (Socket connection = server.accept()) {
                connection.getOutputStream().write("220 mail.example ESMTP\r\n\r\n".getBytes(UTF_8));
                Await.until("a complaint", () -> !a.receiver.refused.isEmpty());
            }
        }
        assertThat(a.receiver.refused.peek()).isEqualTo(other + " does not answer in HTTP");
    }

    @Test
    void answersOtherRequestsWithItsPages() throws Exception {
        Peer a = peer().open();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://" + a.id + "/")).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("No pages at " + a.id + ".");
        }
    }
}
