package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Ports;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.MessageJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes with little memory that are given more than that: they take it or refuse it, live on, and start again with all of it. */
@Tag("slow")
class MemoryProcessTest {

    private static final String MEGABYTE = "x".repeat(1_000_000);

    @TempDir
    Path directory;

    private Process child;

    @AfterEach
    void kill() throws Exception {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    /** Starts a process with a heap of so many megabytes; returns when its nodes are ready. */
    private void start(int heapMegabytes, List<NodeId> nodes) throws Exception {
        kill();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryChild.class.getName(),
                directory.toString()));
        nodes.forEach(node -> command.add(Integer.toString(node.port())));
        child = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
            assertThat(line).as("it ended; it said: " + said).isNotNull();
            said.append(line).append('\n');
        }
        // The JVM says why it ends.
        Thread.ofPlatform().daemon(true).start(() -> output.lines().forEach(System.out::println));
    }

    /** Where the disk has room, nothing need be refused. */
    private boolean hasRoom() throws IOException {
        return Files.getFileStore(directory).getUsableSpace() > 1L << 30;
    }

    private void demandAlive(List<NodeId> nodes) {
        assertThat(child.isAlive()).isTrue();
        for (NodeId node : nodes) {
            assertThat(Http.get(node, "/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nodesTakeMoreThanTheirHeapAndStartAgainWithIt() throws Exception {
        List<NodeId> nodes = Ports.free(5);
        start(96, nodes);
        int taken = 0;
        for (int i = 0; i < 30; i++) {
            HttpResponse<String> answer = Http.post(nodes.get(i % 2), "/messages", i + MEGABYTE);
            assertThat(answer.statusCode()).as(answer.body()).isIn(201, hasRoom() ? 201 : 507);
            taken += answer.statusCode() == 201 ? 1 : 0;
        }
        assertThat(taken).isPositive();
        demandAlive(nodes);
        int expected = taken;
        for (int round = 0; round < 2; round++) {
            for (NodeId node : nodes) {
                Await.until(
                        () -> "all " + expected + " messages at " + node + ", which has " + count(node),
                        () -> count(node) == expected);
            }
            assertThat(megabytes(nodes.getFirst())).isBetween(expected, expected + 1);
            demandAlive(nodes);
            start(96, nodes);
        }
    }

    @Test
    void aNodeWithMoreOnDiskThanItsHeapTakesKeysAndStartsAgain() throws Exception {
        List<NodeId> nodes = Ports.free(1);
        start(48, nodes);
        byte[] value = "v".repeat(65_536).getBytes(UTF_8);
        int taken = 0;
        for (int i = 0; i < 900; i++) {
            HttpResponse<String> answer =
                    Http.send("PUT", nodes.getFirst(), "/keys/" + i, BodyPublishers.ofByteArray(value));
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, hasRoom() ? 200 : 507);
            taken += answer.statusCode() == 200 ? 1 : 0;
        }
        assertThat(taken * 65_536L).isGreaterThan(48 << 20);
        demandAlive(nodes);
        start(48, nodes);
        assertThat(JsonObject.parse(Http.get(nodes.getFirst(), "/state").body()).integer("keys"))
                .isEqualTo(taken);
        assertThat(Http.get(nodes.getFirst(), "/keys/0").body()).contains("v".repeat(65_536));
        demandAlive(nodes);
    }

    /** Each of these is a hundred times as large in the heap as on the wire, or was. */
    @Test
    void messagesOfManySmallValuesKillNoNode() throws Exception {
        List<NodeId> nodes = Ports.free(1);
        start(128, nodes);
        NodeId node = nodes.getFirst();
        for (int round = 0; round < 3; round++) {
            demandRefused(node, "ENTRIES", "keys", "{\"\":0},".repeat(8_300_000 / 7));
            demandRefused(node, "ENTRIES", "entries", "{},".repeat(8_300_000 / 3));
            StringBuilder neighbours = new StringBuilder();
            for (int i = 0; neighbours.length() < 7 << 20; i++) {
                neighbours
                        .append("\"h")
                        .append(i / 60_000)
                        .append(':')
                        .append(i % 60_000 + 1)
                        .append("\",");
            }
            demandRefused(node, "LINK", "neighbours", neighbours.toString());
        }
        String message = "{\"text\":\"a\",\"more\":[" + "{\"\":0},".repeat(6_000_000 / 7) + "0]}";
        HttpResponse<String> answer = Http.post(node, "/messages", message, "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        demandAlive(nodes);
    }

    private void demandRefused(NodeId node, String type, String field, String items) {
        String batch = "{\"from\":\"127.0.0.1:9\",\"messages\":[{\"type\":\"" + type + "\",\"" + field + "\":["
                + items.substring(0, items.length() - 1) + "]}]}";
        HttpResponse<String> answer = Http.send(
                "PUT", node, "/gossip", BodyPublishers.ofString(batch), "Content-Type", MessageJson.CONTENT_TYPE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        demandAlive(List.of(node));
    }

    private static int count(NodeId node) {
        try {
            return JsonObject.parse(Http.get(node, "/state").body()).integer("messages");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** How long the page of all messages is; it is not kept. */
    private static int megabytes(NodeId node) throws Exception {
        long bytes = 0;
        try (InputStream page =
                URI.create("http://" + node + "/messages").toURL().openStream()) {
            byte[] piece = new byte[1 << 16];
            for (int read = page.read(piece); read >= 0; read = page.read(piece)) {
                bytes += read;
            }
        }
        return (int) (bytes / 1_000_000);
    }
}
