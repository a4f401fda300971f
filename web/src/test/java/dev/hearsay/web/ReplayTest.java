package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of three seeds and three peers in the dashboard, with none of them running. */
class ReplayTest {

    private static final Path RECORDING = Path.of("../live/src/test/resources/recordings/seeds-and-peers.jsonl.gz");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Dashboard dashboard;

    @AfterEach
    void stop() {
        if (dashboard != null) {
            dashboard.close();
        }
        client.close();
    }

    private void show(Recording recording) throws Exception {
        dashboard = Dashboard.replay(
                new DashboardOptions(recording.network(), List.of(), new NodeId("127.0.0.1", 0), true, null),
                recording);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(URI.create("http://" + dashboard.listener() + path)).build(), BodyHandlers.ofString());
    }

    private JsonObject get(String path) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(), path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonObject.parse(response.body());
    }

    @Test
    void allPagesShowWhatWasRecorded() throws Exception {
        show(Recording.read(RECORDING, lines -> {}));
        JsonObject network = get("/api/network");
        assertThat(network.flag("replay")).isTrue();
        assertThat(network.text("control")).isEqualTo("none");
        assertThat(network.text("network")).isEqualTo("test");
        List<String> nodes = new ArrayList<>();
        for (JsonObject node : network.objects("nodes")) {
            nodes.add(node.text("name") + " " + node.text("role") + " " + node.text("state"));
        }
        assertThat(nodes)
                .containsExactlyInAnyOrder(
                        "s1 seed live", "s2 seed live", "s3 seed live", "1 peer live", "2 peer live", "3 peer live");
        List<String> texts = new ArrayList<>();
        for (JsonObject message : get("/api/messages").objects("messages")) {
            texts.add(message.text("text"));
            assertThat(message.whole("of")).isEqualTo(3);
        }
        assertThat(texts).contains("apple", "plum");
        JsonObject members = get("/api/members");
        assertThat(members.objects("seeds")).hasSize(3);
        assertThat(members.objects("ballots")).isNotEmpty();
        assertThat(get("/api/log?signal=memberRemoved").objects("events")).isNotEmpty();
        String history = send(HttpRequest.newBuilder(), "/api/history").body();
        assertThat(history).contains(",\"dead\"]", ",\"memberRemoved\",");
    }

    @Test
    void whatItExportsCanBeWatchedAgain() throws Exception {
        show(Recording.read(RECORDING, lines -> {}));
        Path trace = directory.resolve("test.trace.jsonl");
        Files.writeString(trace, send(HttpRequest.newBuilder(), "/api/trace").body());
        long last = get("/api/network").object("window").whole("last");
        dashboard.close();
        show(Recording.read(trace, lines -> {}));
        JsonObject network = get("/api/network");
        assertThat(network.object("window").whole("last")).isEqualTo(last);
        assertThat(network.objects("nodes")).hasSize(6);
    }

    @Test
    void nothingCanBeSentAndNobodyIsAsked() throws Exception {
        show(Recording.read(RECORDING, lines -> {}));
        var message = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"apple\"}"));
        assertBarred(send(message, "/api/messages"), "This is a recording; what happened in it cannot be changed.");
        var fault = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"kind\":\"loss\",\"share\":\"10%\",\"for\":\"30s\"}"));
        assertBarred(send(fault, "/api/faults"), "This is a recording; what happened in it cannot be changed.");
        assertThat(get("/api/faults").text("why"))
                .isEqualTo("This is a recording; nothing can go wrong in it any more.");
        var recording = HttpRequest.newBuilder().POST(BodyPublishers.ofString("{}"));
        assertBarred(send(recording, "/api/recording"), "This is a recording already.");
    }

    private static void assertBarred(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains(why).doesNotContain("--read-only");
    }

    /** Others may be at the addresses of its nodes now: somebody is at one of them here. */
    @Test
    void nobodyIsAsked() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            Path file = directory.resolve("recording");
            String text = recorded();
            Files.writeString(file, text.replace("127.0.0.1:25667", "127.0.0.1:" + other.getLocalPort()));
            show(Recording.read(file, lines -> {}));
            for (JsonObject node : get("/api/network").objects("nodes")) {
                get("/api/nodes/" + node.whole("i") + "/members");
            }
            var message = HttpRequest.newBuilder().POST(BodyPublishers.ofString("{\"text\":\"apple\",\"node\":\"1\"}"));
            assertThat(send(message, "/api/messages").statusCode()).isEqualTo(403);
            get("/api/members");
            dashboard.close();
            // Connections are accepted in their order: had the dashboard made one, it would come before this.
            try (Socket own = new Socket(other.getInetAddress(), other.getLocalPort());
                    Socket first = other.accept()) {
                assertThat(first.getPort()).isEqualTo(own.getLocalPort());
            }
        }
    }

    private static String recorded() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RECORDING))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aLifeWithSeveralGapsIsOneLife() throws Exception {
        Path file = directory.resolve("recording");
        String end = "{\"v\":1,\"end\":980}\n";
        String gap = "{\"v\":1,\"missing\":7,\"node\":\"127.0.0.1:25669\",\"name\":\"3\",\"life\":2}\n";
        Files.writeString(file, recorded().replace(end, gap.repeat(3) + end.replace("980", "983")));
        Recording recording = Recording.read(file, lines -> {});
        assertThat(recording.notes()).containsExactly("Of 1 life of a node something is not in the recording.");
        show(recording);
        assertThat(get("/api/recording").object("shown").whole("gaps")).isEqualTo(3);
        List<String> missing = new ArrayList<>();
        for (JsonObject life : get("/api/recording").object("shown").objects("lives")) {
            missing.add(life.text("missing"));
        }
        assertThat(missing).containsExactly("", "", "", "", "", "", "something of it");
    }

    /** As in a recording of the last seconds of a network that has run for hours. */
    @Test
    void seedsAreKnownByTheirNamesIfTheirBeginningIsMissing() throws Exception {
        List<String> lines = recorded().lines().toList();
        List<String> left = lines.stream()
                .filter(line -> !line.contains("\"signal\":\"seedStarted\""))
                .toList();
        int begun = lines.size() - left.size();
        assertThat(begun).isPositive();
        Path file = directory.resolve("recording");
        Files.writeString(
                file,
                String.join("\n", left).replace("{\"v\":1,\"end\":980}", "{\"v\":1,\"end\":" + (980 - begun) + "}")
                        + "\n");
        show(Recording.read(file, ignored -> {}));
        List<String> seeds = new ArrayList<>();
        for (JsonObject node : get("/api/network").objects("nodes")) {
            if (node.text("role").equals("seed")) {
                seeds.add(node.text("name"));
            }
        }
        assertThat(seeds).containsExactlyInAnyOrder("s1", "s2", "s3");
        assertThat(get("/api/members").objects("seeds")).hasSize(3);
        assertThat(get("/api/members").objects("ballots")).isNotEmpty();
    }

    @Test
    void whatAnotherVersionHasRecordedIsShown() throws Exception {
        Path file = directory.resolve("recording");
        Files.writeString(file, recorded().replace("\"graceNanos\"", "\"former\""));
        Recording recording = Recording.read(file, lines -> {});
        assertThat(recording.notes())
                .containsExactly("It was recorded by another version of this program (setting 'graceNanos' is missing),"
                        + " so it can be watched but not verified.");
        show(recording);
        assertThat(get("/api/network").objects("nodes")).hasSize(6);
        assertThat(verified().text("why"))
                .contains("was recorded by another version of this program: setting 'graceNanos' is missing");
    }

    /** Peer 3 died, was removed and came back. */
    @Test
    void whomAPeerKnewIsInTheRecordingIfItsBeginningIs() throws Exception {
        show(Recording.read(RECORDING, lines -> {}));
        List<JsonObject> nodes = get("/api/network").objects("nodes");
        for (JsonObject node : nodes) {
            if (node.text("role").equals("peer")) {
                assertThat(get("/api/nodes/" + node.whole("i") + "/members").objects("members"))
                        .as(node.text("name"))
                        .hasSize(3);
            }
        }
        dashboard.close();
        Path trace = directory.resolve("trace");
        Files.writeString(
                trace,
                "{\"v\":1,\"at\":4,\"node\":\"a:1\",\"signal\":\"linkDown\",\"neighbour\":\"c:3\",\"reason\":\"left\"}\n");
        show(Recording.read(trace, lines -> {}));
        HttpResponse<String> unknown = send(HttpRequest.newBuilder(), "/api/nodes/0/members");
        assertThat(unknown.statusCode()).isEqualTo(409);
        assertThat(unknown.body())
                .contains("Whom the node at a:1 knew is not in the recording, as the beginning of its life is not.");
    }

    @Test
    void whatIsInItIsSaidAndItIsVerifiedOnRequest() throws Exception {
        show(Recording.read(RECORDING, lines -> {}));
        JsonObject said = get("/api/recording");
        assertThat(said.flag("can")).isFalse();
        JsonObject shown = said.object("shown");
        assertThat(shown.text("file")).isEqualTo(RECORDING.toString());
        assertThat(shown.whole("from")).isLessThan(shown.whole("to"));
        assertThat(shown.whole("gaps")).isZero();
        assertThat(shown.objects("lives")).hasSize(7);
        long inputs = 0;
        for (JsonObject life : shown.objects("lives")) {
            assertThat(life.text("missing")).isEmpty();
            inputs += life.whole("inputs");
        }
        assertThat(shown.whole("steps")).isEqualTo(inputs);
        assertThat(said.object("verification").text("state")).isEqualTo("none");
        JsonObject verification = verified();
        assertThat(verification.text("state")).isEqualTo("done");
        assertThat(verification.objects("lives")).hasSize(7);
        for (JsonObject life : verification.objects("lives")) {
            assertThat(life.text("outcome")).as(life.text("detail")).isEqualTo("same");
        }
    }

    @Test
    void whatIsMissingIsSaidAndAFileThatIsGoneCannotBeVerified() throws Exception {
        Path part = directory.resolve("part");
        String text = recorded();
        Files.writeString(part, text.substring(0, text.length() / 2));
        show(Recording.read(part, lines -> {}));
        assertThat(get("/api/recording").object("shown").objects("lives"))
                .isNotEmpty()
                .allSatisfy(life -> assertThat(life.text("missing")).isEqualTo("its end"));
        assertThat(get("/api/recording").object("shown").texts("notes")).anyMatch(note -> note.contains("is cut off"));
        Files.delete(part);
        JsonObject verification = verified();
        assertThat(verification.text("state")).isEqualTo("failed");
        assertThat(verification.text("why")).isEqualTo("there is no file " + part + ".");
    }

    private JsonObject verified() throws Exception {
        var verify = HttpRequest.newBuilder().POST(BodyPublishers.ofString("{}"));
        assertThat(send(verify, "/api/recording/verification").statusCode()).isEqualTo(200);
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        JsonObject verification = get("/api/recording").object("verification");
        while (verification.text("state").equals("running")) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
            verification = get("/api/recording").object("verification");
        }
        return verification;
    }

    @Test
    void theLastEventsOfALongOneAreShownAndThatIsSaid() throws Exception {
        Recording recording = Recording.read(RECORDING, 50, lines -> {});
        assertThat(recording.notes()).anyMatch(note -> note.endsWith(" events the last 50 are shown."));
        show(recording);
        assertThat(get("/api/network").object("window").whole("last")).isBetween(44L, 50L);
    }

    @Test
    void whatReachesNobodyKnownIsShownAllTheSame() throws Exception {
        Path file = directory.resolve("trace");
        String id = "a".repeat(64);
        Files.writeString(
                file,
                "{\"v\":1,\"at\":5,\"node\":\"a:1\",\"signal\":\"duplicate\",\"id\":\"" + id
                        + "\",\"from\":\"b:2\",\"hops\":1}\n"
                        + "{\"v\":1,\"at\":4,\"node\":\"a:1\",\"signal\":\"linkDown\",\"neighbour\":\"c:3\",\"reason\":\"left\"}\n");
        show(Recording.read(file, lines -> {}));
        assertThat(get("/api/log").objects("events")).hasSize(2);
    }

    @Test
    void aRecordingInWhichNothingHappensIsRefused() throws Exception {
        Path file = directory.resolve("run");
        Files.writeString(
                file, "{\"v\":1,\"format\":\"hearsay recording\",\"network\":\"\",\"at\":1}\n{\"v\":1,\"end\":1}\n");
        assertThatThrownBy(() -> Recording.read(file, lines -> {}))
                .isInstanceOf(RecordingException.class)
                .hasMessage(file + " has no signals, so there is nothing to watch");
    }
}
