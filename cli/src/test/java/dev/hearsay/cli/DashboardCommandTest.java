package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gossip dashboard} before a network that the command has started. */
class DashboardCommandTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path home;

    private Gossip gossip;
    private int basePort;

    @BeforeEach
    void begin() {
        basePort = Gossip.freeBasePort(7);
        gossip = new Gossip(home);
    }

    @AfterEach
    void end() throws IOException {
        gossip.close();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        URI page = URI.create("http://127.0.0.1:" + (basePort + 6) + path);
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(page)
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private boolean shows(String page, String words) {
        return send("GET", page, "").body().contains(words);
    }

    @Test
    void showsTheNetworkAndWhatItIsTold() throws Exception {
        gossip.line("dashboard").fails(3);
        gossip.line("start-network -n 5 --in-memory --base-port " + basePort).ok();
        int port = basePort + 6;
        gossip.spawn(home, "dashboard", "dashboard --port " + port);
        Gossip.await("the dashboard", () -> Deployment.status("http://127.0.0.1:" + port + "/healthz") == 200);
        gossip.line("send-message 4 apple --wait").ok();
        Gossip.await("apple at all five", () -> shows("/api/messages", "\"reached\":5,\"of\":5"));
        Gossip.await("what it says", () -> shows("/api/messages", "\"text\":\"apple\""));
        assertThat(send("POST", "/api/messages", "{\"text\":\"pear\"}").statusCode())
                .isEqualTo(201);
        gossip.line("fault kill 3 --for 1m").ok();
        Gossip.await("a dead node", () -> shows("/api/network", "\"state\":\"dead\""));
        assertThat(gossip.line("dashboard --port " + port).fails(7).err())
                .contains("Port " + port + " is already in use.");
    }

    @Test
    void onlyShowsIfThatIsWanted() throws Exception {
        int port = basePort + 6;
        gossip.spawn(home, "dashboard", "dashboard --nodes 127.0.0.1:" + basePort + " --read-only --port " + port);
        Gossip.await("the dashboard", () -> Deployment.status("http://127.0.0.1:" + port + "/healthz") == 200);
        assertThat(send("POST", "/api/messages", "{\"text\":\"pear\"}").statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "/api/network", "").body()).contains("\"control\":\"none\"");
    }
}
