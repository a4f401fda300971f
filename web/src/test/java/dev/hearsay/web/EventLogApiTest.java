package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.RumorProtocol;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a dashboard tells of the past of a real network. */
class EventLogApiTest extends DashboardFixture {

    private JsonObject message(String text) {
        try {
            for (JsonObject message : json("/api/messages").objects("messages")) {
                if (message.text("text").equals(text) && message.whole("reached") == message.whole("of")) {
                    return message;
                }
            }
            return null;
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private JsonObject send(String text, String node) {
        // Names are read after a node is seen to live.
        await(
                () -> "node " + node + " in " + nodes(),
                () -> nodes().stream().anyMatch(each -> text(each, "name").equals(node)));
        assertThat(post("{\"text\":\"" + text + "\",\"node\":\"" + node + "\"}").statusCode())
                .isEqualTo(201);
        await(() -> text + " everywhere: " + get("/api/messages").body(), () -> message(text) != null);
        return message(text);
    }

    private List<JsonObject> log(String query) {
        try {
            return json("/api/log" + query).objects("events");
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject only(List<JsonObject> events, String kind) {
        return events.stream()
                .filter(event -> text(event, "signal").equals(kind))
                .reduce((a, b) -> {
                    throw new AssertionError("two of " + kind);
                })
                .orElseThrow();
    }

    @Test
    void theLogIsFilteredAndReadPageByPageWithoutAGap() throws Exception {
        start(6);
        awaitLive(6);
        for (int i = 0; i < 20; i++) {
            send("message " + i, "4");
        }
        long apple = send("apple", "2").whole("m");
        assertThat(log("?signal=published&limit=5")).hasSize(5);
        assertThat(log("?signal=published&limit=1").getFirst().whole("message")).isEqualTo(apple);
        assertThat(json("/api/log?signal=published&limit=1").whole("matched")).isEqualTo(21);
        List<JsonObject> way = new ArrayList<>(log("?message=" + apple + "&signal=published,delivered&order=asc"));
        assertThat(way).hasSize(6);
        // In the order in which they were heard of: a receiver may be heard before its sender.
        JsonObject published = only(way, "published");
        int second = (int) published.whole("node");
        assertThat(nodes().get(second).text("name")).isEqualTo("2");
        assertThat(log("?node=" + second)).isNotEmpty().allMatch(event -> whole(event, "node") == second);
        way.remove(published);
        for (JsonObject delivered : way) {
            assertThat(delivered.text("signal")).isEqualTo("delivered");
            assertThat(delivered.integers("peers")).isNotEmpty();
        }
        long moment = published.whole("at");
        assertThat(log("?until=" + (moment - 1) + "&message=" + apple)).isEmpty();
        String fromFour = " from " + host.node(4).address();
        assertThat(log("?signal=delivered&text=FROM+node+4"))
                .isNotEmpty()
                .allMatch(event -> text(event, "text").contains(fromFour));
        assertThat(log("?text=nothing+of+the+kind")).isEmpty();

        List<Long> numbers = new ArrayList<>();
        long last = json("/api/log?limit=1").whole("last");
        long next = 0;
        while (next < last) {
            for (JsonObject event : log("?order=asc&limit=70&after=" + next)) {
                numbers.add(event.whole("n"));
            }
            assertThat(numbers.getLast()).isGreaterThan(next);
            next = numbers.getLast();
        }
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
        }
        List<JsonObject> older = log("?before=" + last + "&limit=2");
        assertThat(older).extracting(event -> whole(event, "n")).containsExactly(last - 1, last - 2);
    }

    @Test
    void theTraceIsReadAsItWasWritten() throws Exception {
        start(5);
        awaitLive(5);
        send("first", "1");
        long second = send("second", "5").whole("m");
        HttpResponse<String> all = get("/api/trace");
        assertThat(all.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(all.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"test.trace.jsonl\"");
        List<TraceJson.Line> lines = new ArrayList<>();
        for (String line : all.body().lines().toList()) {
            TraceJson.Line read = TraceJson.read(line);
            assertThat(TraceJson.write(read.atMicros(), read.node(), read.event()))
                    .isEqualTo(line);
            lines.add(read);
        }
        assertThat(lines).isSortedAccordingTo((a, b) -> Long.compare(a.atMicros(), b.atMicros()));
        assertThat(lines.stream().filter(line -> line.event() instanceof RumorProtocol.Delivered))
                .hasSize(8);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(5 + 2 + 8);

        String id = json("/api/messages?number=" + second)
                .objects("messages")
                .getFirst()
                .text("id");
        assertThat(get("/api/trace?message=" + second).body().lines())
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(line -> line.contains(id));
        assertThat(json("/api/messages?id=" + id).objects("messages").getFirst().whole("m"))
                .isEqualTo(second);
    }

    @Test
    void aMessageTellsItsHopsAndWhoLacksItAndTheHistoryWhoDied() throws Exception {
        start(5);
        awaitLive(5);
        JsonObject apple = json("/api/messages?number=" + send("apple", "1").whole("m"));
        assertThat(apple.integers("hops").stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(5);
        assertThat(apple.integers("hops").getFirst()).isEqualTo(1);
        assertThat(apple.integers("missing")).isEmpty();
        await(() -> get("/api/history").body(), () -> get("/api/history").body().contains("\"published\""));
        host.node(3).close();
        await(() -> "dead: " + nodes(), () -> inState("dead") == 1);
        JsonObject history = json("/api/history");
        assertThat(history.whole("from")).isLessThan(history.whole("to"));
        String body = get("/api/history").body();
        assertThat(body).contains("\"live\"]", "\"dead\"]", "\"departed\"", "\"linkChanges\":[[");
        assertThat(get("/api/network").body()).contains("\"window\":{\"from\":", "\"linkChanges\":[]");
    }

    @Test
    @Tag("slow")
    void whoFetchesATraceAndDoesNotReadItOrGoesAwayIsNotServedForEver() throws Exception {
        start(40);
        awaitLive(40);
        // More than connections hold of what nobody reads.
        await(
                () -> "a long trace",
                () -> post("{\"text\":\"more\"}").statusCode() == 201
                        && whole(json("/api/log?limit=1"), "last") > 25_000);
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(
                    dashboard.listener().host(), dashboard.listener().port()));
            socket.getOutputStream()
                    .write("GET /api/trace HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            idle.add(socket);
        }
        assertThat(get("/api/trace").statusCode()).isEqualTo(503);
        for (Socket socket : idle) {
            socket.close();
        }
        await(() -> "a trace again", () -> get("/api/trace").statusCode() == 200);
    }

    @Test
    void badQuestionsGetOneSentence() throws Exception {
        start(1);
        awaitLive(1);
        assertThat(get("/api/log?limit=5001").body()).contains("'limit' must be a whole number from 1 to 5000.");
        assertThat(get("/api/log?after=x").statusCode()).isEqualTo(400);
        assertThat(get("/api/log?order=up").body()).contains("'order' must be asc or desc.");
        assertThat(get("/api/log?text=" + "x".repeat(300)).statusCode()).isEqualTo(400);
        assertThat(get("/api/trace?message=0").statusCode()).isEqualTo(400);
        assertThat(get("/api/messages?id=12").statusCode()).isEqualTo(400);
        assertThat(get("/api/messages?id=" + "0".repeat(64)).statusCode()).isEqualTo(404);
    }
}
