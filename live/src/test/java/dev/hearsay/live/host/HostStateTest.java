package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.WireException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The key/value state, and who is a member, over real sockets, all in this process. */
class HostStateTest extends HostFixture {

    private NodeId address(int node) {
        try {
            return host.node(node).address();
        } catch (HostException e) {
            throw new AssertionError(e);
        }
    }

    private int put(int node, String key, String value) {
        return Http.send("PUT", address(node), "/keys/" + key, BodyPublishers.ofString(value))
                .statusCode();
    }

    private Map<String, String> keys(int node) {
        Map<String, String> keys = new TreeMap<>();
        try {
            boolean isMore = true;
            for (String after = ""; isMore; ) {
                JsonObject page = JsonObject.parse(
                        Http.get(address(node), "/keys?after=" + after).body());
                for (JsonObject entry : page.objects("keys")) {
                    after = entry.text("key");
                    keys.put(after, entry.text("value") + " of " + entry.text("writer") + " at " + entry.text("at"));
                }
                isMore = page.flag("more");
            }
        } catch (WireException e) {
            throw new AssertionError(e);
        }
        return keys;
    }

    private void awaitEqual(int nodes) {
        Await.until(
                () -> "all to have the same keys; node 1 has " + keys(1),
                () -> java.util.stream.IntStream.rangeClosed(2, nodes)
                        .allMatch(node -> keys(node).equals(keys(1))));
    }

    @Test
    void whatIsPutAtOneNodeIsAtAllUntilItIsDeletedAtAnother() throws Exception {
        start(HostOptions.inMemory(Network.of(8, "random:3")));
        assertThat(put(1, "colour", "green")).isEqualTo(200);
        for (int node = 1; node <= 8; node++) {
            int at = node;
            Await.until("node " + at + " to know it", () -> keys(at).containsKey("colour"));
        }
        assertThat(put(5, "colour", "blue")).isEqualTo(200);
        for (int node = 1; node <= 8; node++) {
            int at = node;
            Await.until(
                    "node " + at + " to know better",
                    () -> keys(at).get("colour").startsWith("blue of " + address(5)));
        }
        assertThat(Http.send("DELETE", address(8), "/keys/colour", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(200);
        for (int node = 1; node <= 8; node++) {
            int at = node;
            Await.until("node " + at + " to forget it", () -> keys(at).isEmpty());
        }
    }

    @Test
    void aProgramThatEmbedsNodesReadsAndWritesWithoutHttp() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")));
        byte[] blue = "blue".getBytes(UTF_8);
        assertThat(host.node(1).put("colour", blue).toCompletableFuture().get().writer())
                .isEqualTo(address(1));
        Await.until("node 3 to know it", () -> value(3, "colour").equals("blue"));
        host.node(3).delete("colour").toCompletableFuture().get();
        Await.until("node 1 to forget it", () -> value(1, "colour").isEmpty());
        assertThat(host.node(2).delete("never").toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("there is no key 'never' to delete");
        host.node(2).kill();
        assertThat(host.node(2).put("colour", blue).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("does not run");
    }

    private String value(int node, String key) {
        try {
            return host.node(node)
                    .get(key)
                    .toCompletableFuture()
                    .get()
                    .map(entry -> new String(entry.value(), UTF_8))
                    .orElse("");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writersAtAllNodesComeToAgreeThoughOneIsKilledMeanwhile() throws Exception {
        start(HostOptions.inMemory(Network.of(4, "full")).withData(directory));
        Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int node = 1; node <= 4; node++) {
            int writer = node;
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; !isOver.get(); i++) {
                    // The killed one does not answer, and nobody counts on what it was told then.
                    try {
                        String own = "own-" + writer + "-" + i % 50;
                        put(writer, "shared", "from " + writer + "-" + i);
                        if (put(writer, own, "x") == 200) {
                            acknowledged.put(own, true);
                        }
                    } catch (AssertionError gone) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        Await.until("some writes", () -> acknowledged.size() > 40);
        host.node(3).kill();
        int before = acknowledged.size();
        Await.until("more writes", () -> acknowledged.size() > before + 20);
        host.node(3).start();
        isOver.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        awaitEqual(4);
        assertThat(keys(3))
                .containsKey("shared")
                .containsKeys(acknowledged.keySet().toArray(String[]::new));
    }

    @Test
    void aNodeThatWasAwayHasEverythingAfterItsRestart() throws Exception {
        List<HostOptions.Member> members = Network.of(3, "circular");
        start(HostOptions.inMemory(members).withData(directory));
        put(2, "kept", "old");
        put(2, "deleted", "old");
        awaitEqual(3);
        host.node(1).kill();
        put(2, "kept", "new");
        Http.send("DELETE", address(3), "/keys/deleted", BodyPublishers.noBody());
        host.node(1).start();
        Await.until("what was written meanwhile", () -> keys(1).toString().startsWith("{kept=new of "));
        awaitEqual(3);
        Map<String, String> before = keys(1);
        host.close();
        start(HostOptions.inMemory(members).withData(directory));
        for (int node = 1; node <= 3; node++) {
            assertThat(keys(node)).isEqualTo(before);
        }
    }

    /** What somebody whose clock is 400 days ahead sends, and who sends the largest stamp there is. */
    @Test
    void aClockDaysAheadAndTheLargestStampMoveNoClockAndStopNobody() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")));
        put(1, "gone", "old");
        awaitEqual(3);
        long ahead = (System.currentTimeMillis() + 400 * 86_400_000L + 3_600_000) * 1_000;
        for (int node = 1; node <= 3; node++) {
            entries(node, "gone", ahead, 0);
            entries(node, "far", Long.MAX_VALUE, Long.MAX_VALUE);
            entries(node, "counted", System.currentTimeMillis() * 1_000, Long.MAX_VALUE);
        }
        assertThat(Http.send("DELETE", address(2), "/keys/gone", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(200);
        for (String key : List.of("far", "counted", "new")) {
            assertThat(put(2, key, "mine")).isEqualTo(200);
        }
        Await.until("what was written", () -> keys(3).size() == 3 && keys(1).size() == 3);
        awaitEqual(3);
        assertThat(keys(3).toString()).doesNotContain("gone").contains("far=mine", "counted=mine", "new=mine");
        long hence = System.currentTimeMillis() / 1_000 + 60;
        assertThat(keys(3).values()).allMatch(value -> at(value).isBefore(Instant.ofEpochSecond(hence)));
        assertThat(Http.get(address(1), "/metrics").body()).contains("gossip_state_entries_ahead_total 2.0");
        assertThat(Http.get(address(1), "/log").body()).contains("400 days ahead of this node's");
    }

    /** As if its clock had been set back while it was down: what others have written is further ahead than it is now ready to believe. */
    @Test
    void aWriteUnderALaterOneIsRefusedInASentence() throws Exception {
        HostOptions options = HostOptions.inMemory(Network.of(3, "full")).withData(directory.resolve("data"));
        start(options);
        entries(1, "late", System.currentTimeMillis() * 1_000 + 250_000_000L, 0);
        Await.until("it to be known", () -> keys(1).containsKey("late"));
        host.close();
        start(options.withClockSkew(1_000_000));
        HttpResponse<String> refused = Http.send("PUT", address(1), "/keys/late", BodyPublishers.ofString("mine"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(JsonObject.parse(refused.body()).text("detail"))
                .contains("this node's clock is behind, by 4 minutes");
        assertThat(Http.send("DELETE", address(1), "/keys/late", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(503);
        assertThat(keys(1).get("late")).startsWith("forged");
        assertThat(put(1, "new", "mine")).isEqualTo(200);
    }

    private static Instant at(String value) {
        return Instant.parse(value.substring(value.indexOf(" at ") + 4));
    }

    private void entries(int node, String key, long micros, long count) {
        String entries = "{\"from\":\"" + address(node % 3 + 1)
                + "\",\"messages\":[{\"type\":\"ENTRIES\",\"entries\":[{\"key\":\"" + key
                + "\",\"text\":\"forged\",\"micros\":" + micros + ",\"count\":" + count + ",\"writer\":\""
                + address(node % 3 + 1) + "\"}],\"keys\":[],\"more\":false}]}";
        assertThat(Http.send(
                                "PUT",
                                address(node),
                                "/gossip",
                                BodyPublishers.ofString(entries),
                                "content-type",
                                MessageJson.CONTENT_TYPE)
                        .statusCode())
                .isLessThan(300);
    }

    // --- Members of a static network ---------------------------------------------------------------------------------

    private List<String> members(int node) {
        try {
            List<String> members = new ArrayList<>();
            for (JsonObject member :
                    JsonObject.parse(Http.get(address(node), "/members").body()).objects("members")) {
                members.add(member.text("peer"));
            }
            return members;
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private int order(String order, NodeId member) {
        HttpResponse<String> answer = Http.post(
                new NodeId("127.0.0.1", host.controlPort()),
                order,
                "{\"member\":\"" + member + "\"}",
                "authorization",
                "Bearer " + host.controlToken());
        return answer.statusCode();
    }

    @Test
    void whoIsDismissedStaysAwayUntilAdmittedThoughOthersRestart() throws Exception {
        start(HostOptions.inMemory(Network.of(5, "circular"))
                .withData(directory)
                .withControl(true));
        String gone = address(3).toString();
        host.node(5).stop();
        host.node(3).stop();
        assertThat(order("/dismiss", address(3))).isEqualTo(204);
        for (int node : new int[] {1, 2, 4}) {
            assertThat(members(node)).hasSize(4).doesNotContain(gone);
        }
        host.node(5).start();
        assertThat(members(5)).as("who did not run then").hasSize(4).doesNotContain(gone);
        host.node(4).stop();
        host.node(4).start();
        assertThat(members(4)).hasSize(4).doesNotContain(gone);

        host.node(2).stop();
        host.node(3).start();
        assertThat(order("/admit", address(3))).isEqualTo(204);
        host.node(2).start();
        for (int node = 1; node <= 5; node++) {
            assertThat(members(node)).as("of node " + node).hasSize(5).contains(gone);
        }
        assertThat(order("/dismiss", new NodeId("127.0.0.1", 1)))
                .as("a stranger")
                .isEqualTo(204);
    }

    @Test
    void aHostBeginsWithTheMembersItIsGivenWhateverItsStoreRemembers() throws Exception {
        List<HostOptions.Member> members = Network.of(3, "full");
        start(HostOptions.inMemory(members).withData(directory).withControl(true));
        NodeId third = address(3);
        NodeId added = new NodeId("127.0.0.1", 1);
        order("/dismiss", third);
        order("/admit", added);
        assertThat(members(1)).contains(added.toString()).doesNotContain(third.toString());
        host.close();
        start(HostOptions.inMemory(members).withData(directory).withControl(true));
        assertThat(members(1)).contains(third.toString()).doesNotContain(added.toString());
    }
}
