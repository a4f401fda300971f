package dev.hearsay.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.NodeId;
import dev.hearsay.web.watch.NodeClient;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpCallTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"is\":1}\n";

    private static String at(CannedServer server) {
        return SeveralAddresses.NAME
                + server.address().substring(server.address().indexOf(':'));
    }

    @Test
    void allAddressesOfANameAreTried() throws Exception {
        try (CannedServer server = new CannedServer(ANSWER, 3, false)) {
            assertThat(new HttpCall("Node 1", at(server), "/state").get().whole("is"))
                    .isEqualTo(1);
            assertThat(new HttpCall("Node 1", at(server), "/messages")
                            .post("{}")
                            .whole("is"))
                    .isEqualTo(1);
            assertThat(server.heads().getFirst()).startsWith("GET /state HTTP/1.1\nHost: " + at(server));
            assertThat(server.heads().getLast()).contains("Content-Length: 2", "Content-Type: application/json");
        }
        assertThatThrownBy(() -> new HttpCall("Node 1", SeveralAddresses.NAME + ":1", "/state").get())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_RUNNING));
    }

    @Test
    void theDashboardTriesThemToo() throws Exception {
        System.setProperty("vertx.disableDnsResolver", "true");
        Vertx vertx = Vertx.vertx();
        try (CannedServer server = new CannedServer(ANSWER, 100, false)) {
            NodeClient client = new NodeClient(vertx);
            NodeId node = NodeId.parse(at(server));
            assertThat(client.get(node, "/state")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS)
                            .body()
                            .toString())
                    .isEqualTo("{\"is\":1}\n");
            assertThat(server.heads().getFirst().toLowerCase(java.util.Locale.ROOT))
                    .contains("host: " + node);
        } finally {
            vertx.close().await();
            System.clearProperty("vertx.disableDnsResolver");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNone() throws Exception {
        try (CannedServer server =
                new CannedServer("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"is\":1}", 100, true)) {
            assertThatThrownBy(() -> new HttpCall("Node 1", server.address(), "/state").get())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("broke");
        }
    }
}
