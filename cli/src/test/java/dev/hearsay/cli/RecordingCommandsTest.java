package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code record}, {@code --record} and {@code verify-replay} on networks of processes. */
class RecordingCommandsTest extends GossipRun {

    private static final Path KEPT = Path.of("../live/src/test/resources/recordings/seeds-and-peers.jsonl.gz")
            .toAbsolutePath();

    @AfterEach
    void end() {
        gossip.line("stop-network");
    }

    private String start(String words) {
        return gossip.line("start-network " + words + " --base-port " + Gossip.freeBasePort(4))
                .ok()
                .out();
    }

    private void verifySame(Path file, int lives) throws WireException {
        JsonObject verified =
                gossip.line("verify-replay " + file + " -o json").ok().json();
        assertThat(verified.integer("same")).isEqualTo(lives);
        assertThat(verified.objects("lives")).hasSize(lives);
    }

    @Test
    @Tag("slow")
    void whatANetworkLivedThroughIsRecordedAndIsTheSameAgain() throws Exception {
        Path whole = home.resolve("whole.jsonl.gz");
        start("full -n 4 --record " + whole);
        gossip.line("send-message 1 apple").ok();
        gossip.awaitMessage(4, "apple");
        Path now = home.resolve("now.jsonl");
        assertThat(gossip.line("record -o " + now).ok().out())
                .startsWith("Recorded in " + now + ": 4 lives of nodes, from their beginning.\n");
        assertThat(Files.readString(now)).contains("\"text\":\"apple\"");
        verifySame(now, 4);

        assertThat(gossip.line("record -o " + now).fails(2).err()).contains(now + " is there already.", "--force");
        assertThat(gossip.line("record --force --last 1ms -o " + now).ok().out())
                .doesNotContain("Verify it");
        assertThat(gossip.line("record -o " + home).fails(2).err()).contains(home + " is a folder.");
        assertThat(gossip.line("record -o " + home.resolve("none/run")).fails(1).err())
                .contains("cannot be written");
        assertThat(gossip.line("start-network --record " + whole).fails(2).err())
                .contains("is there already.");
        gossip.line("stop-network").ok();
        verifySame(whole, 4);
    }

    @Test
    @Tag("slow")
    void processesOfTheirOwnWriteFilesOfTheirOwnAndRecordMakesOneOfAll() throws Exception {
        start("full -n 3 --processes --record " + home.resolve("run.jsonl"));
        Path all = home.resolve("all.jsonl.gz");
        gossip.line("record -o " + all).ok();
        verifySame(all, 3);
        Path saved = home.resolve("saved.jsonl.gz");
        save(saved);
        verifySame(saved, 3);
        gossip.line("stop-network").ok();
        for (int node = 1; node <= 3; node++) {
            verifySame(home.resolve("run-" + node + ".jsonl"), 1);
        }
    }

    /** As the page Recordings of a dashboard beside the network does. */
    private void save(Path file) throws Exception {
        String page = "http://127.0.0.1:" + Gossip.freeBasePort(1);
        gossip.spawn(home, "dashboard", "dashboard --port " + page.substring(page.lastIndexOf(':') + 1));
        Gossip.await("the dashboard", () -> Deployment.status(page + "/healthz") == 200);
        URI recording = URI.create(page + "/api/recording");
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(HttpRequest.newBuilder(recording).build(), BodyHandlers.ofString())
                            .body())
                    .contains("\"processes\":3,\"nodes\":3,");
            client.send(
                    HttpRequest.newBuilder(recording)
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofFile(file));
        }
    }

    @Test
    @Tag("slow")
    void aProcessThatBreaksOffIsNotAFileThatCannotBeWritten() throws Exception {
        start("full -n 1");
        HostFile real = gossip.network().readHost("all").orElseThrow();
        HttpServer dying = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dying.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("{\"v\":1,".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        });
        dying.start();
        Path file = home.resolve("run.jsonl");
        try {
            gossip.network().write(withControl(real, dying.getAddress().getPort()));
            assertThat(gossip.line("record -o " + file).fails(1).err())
                    .contains("The process of the network did not hand over all that it keeps: ", "gossip status")
                    .doesNotContain("cannot be written");
        } finally {
            gossip.network().write(real);
            dying.stop(0);
        }
        assertThat(file).doesNotExist();
    }

    private static HostFile withControl(HostFile host, int port) {
        return new HostFile(
                host.host(),
                host.pid(),
                host.process(),
                port,
                host.token(),
                host.nodes(),
                host.readyAt(),
                host.dashboard());
    }

    @Test
    void withoutANetworkThereIsNothingToRecord() {
        assertThat(gossip.line("record -o " + home.resolve("run")).fails(3).err())
                .contains("No network is running.");
        assertThat(Files.exists(home.resolve("run"))).isFalse();
    }

    @Test
    void aLifeThatDiffersIsShownWithItsPlace() throws Exception {
        Path changed = home.resolve("changed.jsonl");
        List<String> lines;
        try (var in = new GZIPInputStream(Files.newInputStream(KEPT))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.contains("\"command\":\"publish\"")
                            ? line.replace("\"text\":\"apple\"", "\"text\":\"appel\"")
                            : line)
                    .toList();
        }
        Files.write(changed, lines);
        Gossip.Result result = gossip.line("verify-replay " + changed).fails(1);
        assertThat(result.out())
                .contains(
                        "1, life 1, differs at input ",
                        "told then: {",
                        "; now: {",
                        "6 of 7 lives told and sent the same again, 1 did not.");
        assertThat(gossip.line("verify-replay " + changed + " -o csv").fails(1).out())
                .startsWith("node,address,life,inputs,signals,digest,outcome,detail");
        Files.write(changed, lines.subList(0, lines.size() / 2));
        assertThat(gossip.line("verify-replay " + changed).fails(1).out())
                .contains("the recording is cut off after input ");
    }

    @Test
    void whatIsNoRecordingIsSaidInOneSentence() throws Exception {
        Path file = home.resolve("file");
        assertThat(gossip.line("replay " + file).fails(1).err()).contains("There is no file " + file + ".");
        for (String command : List.of("replay ", "verify-replay ")) {
            Files.writeString(file, "");
            assertThat(gossip.line(command + file).fails(1).err()).contains(file + " is empty.");
            Files.writeString(file, "<!doctype html>\n");
            assertThat(gossip.line(command + file).fails(1).err())
                    .contains(file + " is not a recording: line 1 is no JSON");
            Files.writeString(file, "{\"v\":2,\"format\":\"hearsay recording\",\"network\":\"\",\"at\":1}\n");
            assertThat(gossip.line(command + file).fails(1).err())
                    .contains(file + " is a recording of version 2; this program reads version 1");
            assertThat(gossip.line(command + home).fails(1).err()).contains(home + " is a folder, not a recording.");
        }
        Files.writeString(file, "hello\n");
        assertThat(gossip.line("verify-replay " + file).fails(1).err()).contains(file + " is not a recording: line 1");
        assertThat(gossip.line("replay " + file).fails(1).err()).contains(file + " is not a recording: line 1");
        assertThat(gossip.line("replay " + KEPT + " --port 0").fails(2).err()).contains("--port must be 1 to 65535");
        Files.writeString(file, "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"signal\":\"departed\"}\n");
        assertThat(gossip.line("verify-replay " + file).fails(1).err())
                .contains(file + " has no inputs, so there is nothing to step again; watch it: gossip replay");
    }
}
