package dev.hearsay.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.live.http.EventParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamReaderTest {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000})
    void readsEventsHoweverTheyAreCut(int pieceBytes) throws IOException {
        String answer = HEAD
                + chunk("retry: 1000\n\n")
                + chunk("id: 7\nda")
                + chunk("ta: {\"ä\":1}\n\n:\n\nevent: missed\ndata: one\ndata: two\r\n\r\n")
                + chunk("data:no space\n\n")
                + "0\r\n\r\n";
        try (CannedServer server = new CannedServer(answer, pieceBytes, false);
                EventStreamReader stream = EventStreamReader.open("Node 1", server.address(), "6")) {
            assertThat(stream.next()).contains(new EventParser.Event("7", "message", "{\"ä\":1}"));
            assertThat(stream.next()).contains(new EventParser.Event("", "missed", "one\ntwo"));
            assertThat(stream.next()).contains(new EventParser.Event("", "message", "no space"));
            assertThat(stream.next()).isEmpty();
            assertThat(server.heads().getFirst())
                    .startsWith("GET /events HTTP/1.1")
                    .contains("Last-Event-ID: 6", "Host: " + server.address());
        }
    }

    @Test
    void saysThatTheConnectionBroke() throws IOException {
        try (CannedServer server = new CannedServer(HEAD + "20\r\ndata: half", 100, true);
                EventStreamReader stream = EventStreamReader.open("Node 1", server.address(), "")) {
            assertThatThrownBy(stream::next).isInstanceOf(IOException.class);
        }
    }

    @Test
    void canBeClosedWhileSomebodyWaits() throws Exception {
        try (CannedServer server = new CannedServer(HEAD + chunk(":\n\n"), 100, false)) {
            EventStreamReader stream = EventStreamReader.open("Node 1", server.address(), "");
            CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
                try {
                    return stream.next().isEmpty();
                } catch (IOException e) {
                    return true;
                }
            });
            stream.close();
            assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void passesOnWhatTheNodeSays() throws IOException {
        String body = "{\"title\":\"Busy\",\"detail\":\"64 readers listen already.\",\"hint\":\"Close one of them.\"}";
        String answer = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
        try (CannedServer server = new CannedServer(answer, 100, true)) {
            assertThatThrownBy(() -> EventStreamReader.open("Node 1", server.address(), ""))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.sentence()).isEqualTo("64 readers listen already.");
                        assertThat(failure.hint()).isEqualTo("Close one of them.");
                        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
                    });
        }
    }

    @Test
    void saysWhenNobodyOrSomebodyElseAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        String nobody = "127.0.0.1:" + port;
        assertThatThrownBy(() -> EventStreamReader.open("Node 1", nobody, ""))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_RUNNING))
                .hasMessage("Node 1 does not answer at " + nobody + ".");
        try (CannedServer server = new CannedServer("220 mail.example ESMTP\r\n", 100, true)) {
            assertThatThrownBy(() -> EventStreamReader.open("Node 1", server.address(), ""))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("the answer is not HTTP");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 413, 500})
    void turnsStatusesIntoExitCodes(int status) throws IOException {
        String body = "{\"title\":\"No\",\"detail\":\"Because.\"}";
        String answer = "HTTP/1.1 " + status + " No\r\ncontent-type: application/problem+json\r\ncontent-length: "
                + body.length() + "\r\nconnection: close\r\n\r\n" + body;
        int expected = switch (status) {
            case 400, 413 -> ExitCode.USAGE;
            case 404 -> ExitCode.NO_SUCH_NODE;
            case 409 -> ExitCode.TAKEN;
            default -> ExitCode.FAILED;
        };
        try (CannedServer server = new CannedServer(answer, 100, true)) {
            assertThatThrownBy(() -> new HttpCall("Node 1", server.address(), "/messages").post("{}"))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(expected))
                    .hasMessage("Because.");
        }
    }

    @Test
    void neverPostsTwice() throws IOException {
        // A connection that breaks after the request: the node may have acted on it.
        try (CannedServer server = new CannedServer("", 1, true)) {
            assertThatThrownBy(() -> new HttpCall("Node 1", server.address(), "/messages").post("{}"))
                    .isInstanceOf(Failure.class);
            assertThat(server.heads()).hasSize(1);
        }
    }
}
