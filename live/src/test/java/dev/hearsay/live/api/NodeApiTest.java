package dev.hearsay.live.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes, and somebody who asks them things. */
class NodeApiTest {

    private static Host host;
    private static NodeId one;
    private static NodeId two;

    @BeforeAll
    static void start() throws Exception {
        List<HostOptions.Member> members = Network.of(2, "full");
        one = members.get(0).address();
        two = members.get(1).address();
        host = Host.start(HostOptions.inMemory(members));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static JsonObject json(HttpResponse<String> response) throws WireException {
        assertThat(response.headers().firstValue("content-type").orElse("")).contains("json");
        return JsonObject.parse(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) throws WireException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        JsonObject problem = json(response);
        assertThat(problem.whole("status")).isEqualTo(status);
        assertThat(problem.text("type")).isNotEmpty();
        assertThat(problem.text("title")).isNotEmpty();
        assertThat(problem.text("detail")).contains(detail);
    }

    @Test
    void whoSendsMostIsAskedToComeBackWhenTooMuchIsComingIn() throws Exception {
        MemoryBudget.Account incoming = MemoryBudget.ofProcess().incoming();
        long others = incoming.max() - 400_000;
        incoming.add(others);
        try (Socket large = new Socket(one.host(), one.port());
                Socket second = new Socket(one.host(), one.port())) {
            large.setSoTimeout(30_000);
            send(large, 300_000);
            Await.until("it has come", () -> incoming.used() >= others + 300_000);
            send(second, 200_000);
            String answer = new BufferedReader(new InputStreamReader(large.getInputStream(), UTF_8)).readLine();
            assertThat(answer).isEqualTo("HTTP/1.1 503 Service Unavailable");
            assertThat(Http.post(one, "/messages", "small").statusCode()).isEqualTo(201);
            assertProblem(Http.post(one, "/messages", "x".repeat(350_000)), 503, "as much as it has memory for");
        } finally {
            incoming.add(-others);
        }
    }

    /** Sends a message but for its end. */
    private static void send(Socket socket, int bytes) throws IOException {
        String head = "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (bytes + 1) + "\r\n\r\n";
        socket.getOutputStream().write((head + "x".repeat(bytes)).getBytes(UTF_8));
    }

    private static JsonObject message(NodeId node, String id) {
        try {
            return json(Http.get(node, "/messages")).objects("messages").stream()
                    .filter(message -> isOf(message, id))
                    .findFirst()
                    .orElse(null);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOf(JsonObject message, String id) {
        try {
            return message.text("id").equals(id);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    // --- Publishing --------------------------------------------------------------------------------------------------

    @Test
    void publishesAMessageThatTheOtherNodeGets() throws Exception {
        HttpResponse<String> response =
                Http.post(one, "/messages", "{\"text\":\"äpple 🍎\",\"relays\":3}", "content-type", "application/json");
        assertThat(response.statusCode()).isEqualTo(201);
        JsonObject accepted = json(response);
        assertThat(accepted.text("node")).isEqualTo(one.toString());
        assertThat(accepted.whole("sequence")).isPositive();
        String id = accepted.text("id");
        Await.until("the other has it", () -> message(two, id) != null);
        JsonObject own = message(one, id);
        assertThat(own.text("text")).isEqualTo("äpple 🍎");
        assertThat(own.whole("hops")).isZero();
        assertThat(own.texts("path")).containsExactly(one.toString());
        JsonObject heard = message(two, id);
        assertThat(heard.text("text")).isEqualTo("äpple 🍎");
        assertThat(heard.text("origin")).isEqualTo(one.toString());
        assertThat(heard.text("receivedAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(heard.whole("hops")).isEqualTo(1);
        assertThat(heard.texts("path")).containsExactly(one.toString(), two.toString());
        assertThat(heard.flag("read")).isFalse();
        assertThat(heard.has("base64")).isFalse();
    }

    @Test
    void takesPlainTextEitherWay() throws Exception {
        assertThat(Http.post(one, "/messages", "pear", "content-type", "text/plain")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> response = Http.send("PUT", one, "/gossip", BodyPublishers.ofString("plum"));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(message(one, json(response).text("id")).text("text")).isEqualTo("plum");
    }

    @Test
    void refusesAMessageWithNothingInIt() throws Exception {
        for (String nothing : List.of("", " ", "\t \r\n", "\u2003")) {
            BodyPublisher body = BodyPublishers.ofString(nothing);
            assertProblem(Http.send("PUT", one, "/gossip", body), 400, "message is empty");
            assertProblem(Http.send("POST", one, "/messages", body), 400, "message is empty");
        }
    }

    @Test
    void refusesTextThatIsNotUtf8() throws Exception {
        byte[] bytes = {'a', (byte) 0xff, 'b'};
        assertProblem(Http.send("PUT", one, "/gossip", BodyPublishers.ofByteArray(bytes)), 400, "not valid UTF-8");
        assertProblem(Http.send("POST", one, "/messages", BodyPublishers.ofByteArray(bytes)), 400, "not valid UTF-8");
    }

    @Test
    void refusesTextThatIsTooLarge() throws Exception {
        String large = "x".repeat(2 << 20);
        assertProblem(Http.send("PUT", one, "/gossip", BodyPublishers.ofString(large)), 413, "larger than 1048576");
        assertProblem(Http.post(one, "/messages", large), 413, "larger than 1048576");
        assertProblem(
                Http.post(one, "/messages", "{\"text\":\"" + large + "\"}", "content-type", "application/json"),
                413,
                "the limit is 1048576");
        assertThat(Http.post(one, "/messages", "x".repeat(1 << 20)).statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                              | 'text' is missing",
                "{\"text\":7}                    | 'text' must be a string",
                "{\"text\":\"a\",\"relays\":0}   | 'relays' must be 1 to 100",
                "{\"text\":\"a\",\"relays\":101} | 'relays' must be 1 to 100",
                "{\"text\":\"\\ud83c\"}          | half a surrogate pair",
                "nonsense                        | not JSON",
            })
    void saysWhatIsWrongWithAMessage(String body, String detail) throws Exception {
        assertProblem(Http.post(one, "/messages", body, "content-type", "application/json"), 400, detail);
    }

    // --- Reading -----------------------------------------------------------------------------------------------------

    @Test
    void remembersWhatHasBeenRead() throws Exception {
        String id = json(Http.post(one, "/messages", "read me")).text("id");
        assertThat(Http.get(one, "/messages?filter=unread").body()).contains(id);
        assertThat(Http.get(one, "/messages?filter=read").body()).doesNotContain(id);
        assertThat(Http.post(one, "/messages/read", "{\"ids\":[\"" + id + "\"]}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(Http.get(one, "/messages?filter=unread").body()).doesNotContain(id);
        assertThat(Http.get(one, "/messages?filter=read").body()).contains(id);
        assertProblem(Http.get(one, "/messages?filter=new"), 400, "no filter 'new'");
        assertThat(Http.get(one, "/messages?last=1").body()).contains(id);
        assertProblem(Http.get(one, "/messages?last=0"), 400, "'last' must be");
        assertProblem(Http.post(one, "/messages/read", "{\"ids\":[\"x\"]}"), 400, "64 hexadecimal digits");
        assertProblem(Http.post(one, "/messages/read", "[]"), 400, "not a JSON object");
    }

    @Test
    void showsPeersAndState() throws Exception {
        JsonObject peers = json(Http.get(one, "/peers"));
        assertThat(peers.text("node")).isEqualTo(one.toString());
        assertThat(peers.texts("peers")).containsExactly(two.toString());
        Http.post(one, "/messages", "for the state");
        JsonObject state = json(Http.get(one, "/state"));
        assertThat(state.text("node")).isEqualTo("1");
        assertThat(state.text("address")).isEqualTo(one.toString());
        assertThat(state.whole("messages")).isPositive();
        assertThat(state.whole("members")).isEqualTo(2);
        assertThat(state.texts("neighbours")).containsExactly(two.toString());
        assertThat(state.whole("moreOrigins")).isZero();
        assertThat(state.objects("origins")).anySatisfy(origin -> {
            assertThat(origin.text("origin")).isEqualTo(one.toString());
            assertThat(origin.text("seen")).startsWith("1");
        });
    }

    @Test
    void logsTransfersAndConvergence() throws Exception {
        String id = json(Http.post(one, "/messages", "logged")).text("id").substring(0, 12);
        Await.until(
                "convergence",
                () -> Http.get(one, "/log").body().contains("converged " + id + ": all 2 live nodes have it"));
        HttpResponse<String> log = Http.get(two, "/log");
        assertThat(log.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(log.body().lines())
                .anyMatch(line ->
                        line.endsWith(two + " received " + id + " of " + one + " from " + one + " after 1 hop"));
    }

    @Test
    void isAliveAndReady() throws Exception {
        assertThat(json(Http.get(one, "/healthz")).text("status")).isEqualTo("alive");
        assertThat(json(Http.get(one, "/readyz")).text("status")).isEqualTo("ready");
        assertThat(Http.send("HEAD", one, "/healthz", BodyPublishers.noBody()).statusCode())
                .isEqualTo(200);
    }

    // --- The key/value state -----------------------------------------------------------------------------------------

    private static HttpResponse<String> put(NodeId node, String path, byte[] value) {
        return Http.send("PUT", node, path, BodyPublishers.ofByteArray(value));
    }

    private static HttpResponse<String> delete(NodeId node, String path) {
        return Http.send("DELETE", node, path, BodyPublishers.noBody());
    }

    @Test
    void writesAndDeletesAKeyThatTheOtherNodeSees() throws Exception {
        HttpResponse<String> response = put(one, "/keys/a%2Fb%20%C3%A4%25%3F", "grün 🍏".getBytes(UTF_8));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonObject written = json(response);
        assertThat(written.text("key")).isEqualTo("a/b ä%?");
        assertThat(written.text("node")).isEqualTo(one.toString());
        String path = "/keys/a/b%20%c3%a4%25%3f";
        Await.until("the other has it", () -> Http.get(two, path).statusCode() == 200);
        JsonObject entry = json(Http.get(two, path));
        assertThat(entry.text("key")).isEqualTo("a/b ä%?");
        assertThat(entry.text("value")).isEqualTo("grün 🍏");
        assertThat(entry.text("writer")).isEqualTo(one.toString());
        assertThat(entry.text("at")).isEqualTo(written.text("at")).endsWith("Z");
        assertThat(entry.has("base64")).isFalse();
        assertThat(delete(two, path).statusCode()).isEqualTo(200);
        Await.until("the first lost it", () -> Http.get(one, path).statusCode() == 404);
        assertProblem(Http.get(one, path), 404, "There is no key 'a/b ä%?'.");
        assertProblem(delete(one, path), 404, "There is no key 'a/b ä%?'.");
    }

    @Test
    void keepsValuesThatAreNoText() throws Exception {
        byte[] bytes = {'a', (byte) 0xff, 0};
        assertThat(put(one, "/keys/bytes", bytes).statusCode()).isEqualTo(200);
        assertThat(Base64.getDecoder().decode(json(Http.get(one, "/keys/bytes")).text("base64")))
                .isEqualTo(bytes);
        assertThat(put(one, "/keys/empty", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(json(Http.get(one, "/keys/empty")).text("value")).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAKeyOrAValue() throws Exception {
        byte[] value = {'v'};
        for (String method : List.of("PUT", "GET", "DELETE")) {
            assertProblem(Http.send(method, one, "/keys/", BodyPublishers.noBody()), 400, "the key is empty");
            assertProblem(Http.send(method, one, "/keys/a%0ab", BodyPublishers.noBody()), 400, "a control character");
            assertProblem(Http.send(method, one, "/keys/a%ff", BodyPublishers.noBody()), 400, "percent-encoded UTF-8");
            assertProblem(
                    Http.send(method, one, "/keys/" + "k".repeat(10_000), BodyPublishers.noBody()),
                    400,
                    "the key has 10000 bytes; the limit is 512");
            assertProblem(
                    Http.send(method, one, "/keys/" + "k".repeat(100_000), BodyPublishers.noBody()),
                    414,
                    "more than 65536 bytes");
        }
        assertThat(raw("GET /keys/100% HTTP/1.1\r\nHost: " + one + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("percent-encoded UTF-8");
        assertThat(put(one, "/keys/" + "k".repeat(512), value).statusCode()).isEqualTo(200);
        assertThat(put(one, "/keys/large", new byte[64 << 10]).statusCode()).isEqualTo(200);
        assertProblem(put(one, "/keys/large", new byte[(64 << 10) + 1]), 413, "larger than 65536 bytes");
        assertProblem(Http.post(one, "/keys", "x"), 405, "This takes GET.");
        assertProblem(Http.post(one, "/keys/k", "x"), 405, "This takes DELETE or GET or PUT.");
        assertProblem(Http.get(one, "/peers/k"), 404, "nothing here");
        assertProblem(
                Http.send("PUT", one, "/keys/k", BodyPublishers.ofString("v"), "origin", "http://evil.example"),
                403,
                "another origin");
    }

    @Test
    void listsKeysInPages() throws Exception {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String key = String.format("page-%02d", i);
            written.add(key);
            assertThat(put(one, "/keys/" + key, new byte[60_000]).statusCode()).isEqualTo(200);
        }
        assertThat(delete(one, "/keys/page-03").statusCode()).isEqualTo(200);
        written.remove("page-03");
        List<String> listed = new ArrayList<>();
        int pages = 0;
        for (boolean isMore = true; isMore; pages++) {
            String after = listed.isEmpty() ? "page-" : listed.getLast();
            JsonObject page = json(Http.get(one, "/keys?after=" + after));
            for (JsonObject entry : page.objects("keys")) {
                listed.add(entry.text("key"));
            }
            isMore = page.flag("more");
        }
        assertThat(pages).isEqualTo(2);
        assertThat(listed).startsWith(written.toArray(String[]::new)).isSorted();
        JsonObject state = json(Http.get(one, "/state"));
        assertThat(state.whole("keys")).isGreaterThanOrEqualTo(19);
        assertThat(state.text("committed")).isEmpty();
        assertThat(state.whole("committedUpTo")).isZero();
        assertThat(state.objects("entries")).anySatisfy(entry -> {
            assertThat(entry.text("key")).isEqualTo("page-00");
            assertThat(entry.text("value")).hasSize(101).endsWith("…");
        });
        for (String key : written) {
            delete(one, "/keys/" + key);
        }
    }

    // --- What is not there, and who may not --------------------------------------------------------------------------

    @Test
    void saysWhatThereIsInsteadOfWhatIsNot() throws Exception {
        assertProblem(Http.get(one, "/nothing"), 404, "nothing here");
        assertThat(json(Http.get(one, "/nothing")).text("hint"))
                .contains("/messages")
                .contains("/events");
        HttpResponse<String> wrong = Http.send("DELETE", one, "/messages", BodyPublishers.noBody());
        assertProblem(wrong, 405, "This takes GET or POST.");
        assertThat(wrong.headers().firstValue("allow")).contains("GET, POST");
    }

    @Test
    void letsNoForeignPageIn() throws Exception {
        assertProblem(Http.post(one, "/messages", "x", "origin", "http://evil.example"), 403, "another origin");
        assertProblem(Http.post(one, "/messages", "x", "origin", "null"), 403, "another origin");
        assertThat(Http.post(one, "/messages", "x", "origin", "http://" + one).statusCode())
                .isEqualTo(201);
        assertThat(raw("GET /messages HTTP/1.1\r\nHost: evil.example:" + one.port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("Nothing here is called 'evil.example'");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: localhost:" + one.port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET /healthz HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200 ");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(one.host(), one.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    // --- Its description ---------------------------------------------------------------------------------------------

    @Test
    void describesEveryRouteAndNoOther() throws Exception {
        JsonObject document = json(Http.get(one, "/openapi.json"));
        assertThat(document.text("openapi")).startsWith("3.1");
        JsonObject paths = document.object("paths");
        TreeSet<String> described = new TreeSet<>();
        for (String path : paths.names()) {
            for (String method : paths.object(path).names()) {
                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
                assertThat(paths.object(path).object(method).object("responses").names())
                        .as("responses of %s %s", method, path)
                        .isNotEmpty();
            }
        }
        assertThat(described).isEqualTo(new TreeSet<>(NodeApi.routes()));
    }

    @Test
    void letsNoBrowserTakeAMessageForAPage() {
        for (String path : List.of("/messages", "/log", "/state", "/metrics", "/openapi.json", "/nothing")) {
            assertThat(Http.get(one, path).headers().firstValue("x-content-type-options"))
                    .as(path)
                    .hasValue("nosniff");
        }
    }
}
