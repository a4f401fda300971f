package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.transport.TransportException;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What browsers get from a dashboard before a real network. */
class DashboardTest extends DashboardFixture {

    private JsonObject message(String text) {
        await(() -> text + " in " + get("/api/messages").body(), () -> find(text) != null);
        return find(text);
    }

    private JsonObject find(String text) {
        try {
            return json("/api/messages").objects("messages").stream()
                    .filter(message -> text(message, "text").equals(text))
                    .findFirst()
                    .orElse(null);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitEverywhere(String text, int nodes) {
        await(() -> text + " everywhere: " + get("/api/messages").body(), () -> {
            JsonObject message = find(text);
            return message != null && whole(message, "reached") == nodes && whole(message, "of") == nodes;
        });
    }

    @Test
    void allNodesAreFoundFromOneAndAMessageIsFollowedToEach() throws Exception {
        start(16);
        awaitLive(16);
        assertThat(json("/api/network").text("network")).isEqualTo("test");
        assertThat(get("/api/network").body()).contains("\"links\":[[");
        assertThat(post("{\"text\":\"apple\",\"node\":\"4\"}").statusCode()).isEqualTo(201);
        awaitEverywhere("apple", 16);
        JsonObject apple = message("apple");
        // 16 nodes with three links each: 48 copies and those that come back, of which 15 were needed.
        await(() -> "duplicates: " + find("apple"), () -> whole(find("apple"), "duplicates") > 10);
        assertThat(whole(apple, "t50")).isPositive().isLessThanOrEqualTo(whole(apple, "t90"));
        assertThat(whole(apple, "t90")).isLessThanOrEqualTo(whole(apple, "t100"));
        String whole = get("/api/messages?number=" + apple.whole("m")).body();
        assertThat(whole.substring(whole.indexOf("\"arrivals\""), whole.indexOf("\"copies\""))
                        .split("\\],\\["))
                .hasSize(16);
        await(
                () -> "what each node got: " + nodes(),
                () -> nodes().stream().allMatch(node -> whole(node, "received") + whole(node, "published") == 1));
    }

    @Test
    void whatHappenedBeforeItCameIsShownWithItsText() throws Exception {
        host = Host.start(HostOptions.inMemory(members(5)));
        host.node(2)
                .publish("early".getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .join();
        watch(host.nodes().getFirst().address());
        awaitEverywhere("early", 5);
    }

    @Test
    void aNodeThatIsStoppedIsShownAsDeadAndAnotherMayBeAwayFromTheBeginning() throws Exception {
        start(8);
        awaitLive(8);
        host.node(3).close();
        await(() -> "a dead node: " + nodes(), () -> inState("dead") == 1 && inState("live") == 7);
        assertThat(post("{\"text\":\"for seven\"}").statusCode()).isEqualTo(201);
        awaitEverywhere("for seven", 7);
        dashboard.close();
        watch(host.nodes().get(0).address(), freePorts(1).getFirst());
        await(() -> "one that nobody knows of: " + nodes(), () -> inState("unknown") >= 1 && inState("live") == 7);
    }

    @Test
    void badRequestsGetOneSentence() throws Exception {
        start(2);
        awaitLive(2);
        assertThat(post("{\"text\":5}").body()).contains("'text' must be a string");
        assertThat(post("no json").statusCode()).isEqualTo(400);
        assertThat(post("{\"text\":\"\"}").body()).contains("The message is empty.");
        assertThat(post("{\"text\":\" \\t\"}").body()).contains("The message is empty.");
        assertThat(post("{\"text\":\"x\",\"node\":\"99\"}").statusCode()).isEqualTo(404);
        assertThat(get("/api/messages?number=99").statusCode()).isEqualTo(404);
        assertThat(get("/api/messages?number=x").statusCode()).isEqualTo(400);
        assertThat(get("/nothing").body()).contains("/api/network");
        assertThat(send("DELETE", "/api/messages", "").statusCode()).isEqualTo(405);
        String large = "x".repeat(2 << 20);
        var tooLarge = post("{\"text\":\"" + large + "\"}");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void pagesOfOthersAreKeptOut() throws Exception {
        start(2);
        awaitLive(2);
        assertThat(post("{\"text\":\"x\"}", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(post("{\"text\":\"x\"}", "Origin", "http://" + dashboard.listener())
                        .statusCode())
                .isEqualTo(201);
        // Behind a proxy: what the browser says, and what the proxy says.
        assertThat(post("{\"text\":\"x\"}", "Origin", "https://a.example", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(201);
        for (String site : List.of("cross-site", "same-site", "none")) {
            assertThat(post("{\"text\":\"x\"}", "Origin", "http://localhost:9", "Sec-Fetch-Site", site)
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        for (String way : List.of("localhost:8000", "10.0.0.7", "[::1]:81")) {
            assertThat(post("{\"text\":\"x\"}", "Origin", "http://" + way, "X-Forwarded-Host", way)
                            .statusCode())
                    .as(way)
                    .isEqualTo(201);
        }
        for (String way : List.of("evil.example", "localhost:1", "localhost, localhost:9", "")) {
            String origin = way.equals("evil.example") ? way : "localhost:9";
            assertThat(post("{\"text\":\"x\"}", "Origin", "http://" + origin, "X-Forwarded-Host", way)
                            .statusCode())
                    .as(way)
                    .isEqualTo(403);
        }
        assertThat(raw("GET /api/network HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .contains(" 421 ");
        assertThat(get("/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'", "frame-ancestors"));
    }

    private String raw(String request) throws IOException {
        NodeId at = dashboard.listener();
        try (Socket socket = new Socket(at.host(), at.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    @Test
    void whoMaySendIsDecidedByWhereItListens() throws Exception {
        NodeId nobody = freePorts(1).getFirst();
        var everywhere = new NodeId("0.0.0.0", freePorts(1).getFirst().port());
        assertRefused(
                new DashboardOptions("", List.of(nobody), freePorts(1).getFirst(), true, "t"), 403, "--read-only");
        assertRefused(new DashboardOptions("", List.of(nobody), everywhere, false, null), 403, "GOSSIP_TOKEN");
        assertRefused(new DashboardOptions("", List.of(nobody), everywhere, false, "secret"), 401, "The token");
        dashboard = Dashboard.start(new DashboardOptions("", List.of(nobody), everywhere, false, "secret"));
        assertThat(post("{\"text\":\"x\"}", "Authorization", "Bearer secret").body())
                .contains("No node that gossips reports");
    }

    private void assertRefused(DashboardOptions options, int status, String words) throws Exception {
        dashboard = Dashboard.start(options);
        var answer = post("{\"text\":\"x\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
        dashboard.close();
    }

    @Test
    void aPortInUseIsSaidInOneSentence() throws Exception {
        start(1);
        assertThatThrownBy(() -> Dashboard.start(
                        new DashboardOptions("", List.of(dashboard.listener()), dashboard.listener(), false, null)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("is already in use");
    }

    @Test
    void everyFileThatThePageNamesIsThere() throws Exception {
        start(1);
        // As browsers do: relative to the file that names it.
        var file = Pattern.compile("(?:from |URL\\(|href=|src=)['\"](?!#)([a-z./]+\\.[a-z]+)['\"]");
        var known = new TreeSet<String>(List.of("/"));
        var open = new ArrayDeque<String>(known);
        while (!open.isEmpty()) {
            String path = open.pop();
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            file.matcher(answer.body())
                    .results()
                    .map(match -> URI.create(path).resolve(match.group(1)).getPath())
                    .filter(known::add)
                    .forEach(open::add);
        }
        assertThat(known)
                .contains("/main.js", "/parts/layout.js", "/style/base.css", "/icon.svg")
                .hasSize(filesOfThePage());
        for (String path : List.of("/parts/none.js", "/parts/../main.js", "/parts/a/b.js", "/loader.js", "/style/")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    /** All but what is in the single file only. */
    private static int filesOfThePage() throws Exception {
        try (var files = Files.walk(Path.of("src/main/resources/dev/hearsay/web/page"))) {
            return (int) files.filter(Files::isRegularFile)
                    .filter(file -> !List.of("alone.js", "loader.js").contains(String.valueOf(file.getFileName())))
                    .count();
        }
    }
}
