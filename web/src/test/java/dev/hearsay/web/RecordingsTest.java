package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.recording.BackgroundRecording;
import dev.hearsay.live.recording.Kept;
import dev.hearsay.live.replay.Verification;
import dev.hearsay.web.recordings.RecordingAccess;
import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network lives through, as a file from its dashboard. */
class RecordingsTest extends DashboardFixture {

    private static final NodeId LOOPBACK = new NodeId("127.0.0.1", 0);

    @TempDir
    Path directory;

    private void begin(boolean isReadOnly, NodeId listener, @Nullable String token) throws Exception {
        host = Host.start(HostOptions.inMemory(members(4)));
        begin(RecordingAccess.of(host.recorder(), "two", " --network two"), isReadOnly, listener, token);
        host.node(1).publish("apple".getBytes(StandardCharsets.UTF_8));
    }

    private void begin(RecordingAccess access, boolean isReadOnly, NodeId listener, @Nullable String token)
            throws Exception {
        List<NodeId> known = List.of(host.nodes().getFirst().address());
        dashboard = Dashboard.start(new DashboardOptions("two", known, listener, isReadOnly, token).with(access));
    }

    private HttpResponse<Path> record(String body, Path file) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://" + dashboard.listener() + "/api/recording"))
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofFile(file));
        }
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void whatIsKeptIsSaidAndTheFileIsTheSameWhenItIsSteppedAgain() throws Exception {
        begin(false, LOOPBACK, null);
        JsonObject said = json("/api/recording");
        assertThat(said.flag("can")).isTrue();
        assertThat(said.text("option")).isEqualTo(" --network two");
        Kept kept = Kept.read(said.object("kept"));
        assertThat(kept.processes()).isEqualTo(1);
        assertThat(kept.nodes()).isEqualTo(4);
        assertThat(kept.wholeLives()).isEqualTo(4);
        assertThat(kept.inputs()).isPositive();
        Path file = directory.resolve("two.recording.jsonl.gz");
        assertThat(record("{}", file).statusCode()).isEqualTo(200);
        assertThat(Verification.of(file, lines -> {}))
                .hasSize(4)
                .allSatisfy(life -> assertThat(life.outcome()).isEqualTo(Verification.Outcome.SAME));
        Recording recording = Recording.read(file, lines -> {});
        assertThat(recording.network()).isEqualTo("two");
        dashboard.close();
        dashboard = Dashboard.replay(new DashboardOptions("two", List.of(), LOOPBACK, true, null), recording);
        assertThat(json("/api/members").objects("nodes"))
                .hasSize(4)
                .allSatisfy(node -> assertThat(node.objects("members")).hasSize(4));
        dashboard.close();
        begin(RecordingAccess.of(host.recorder(), "two", ""), false, LOOPBACK, null);
        Path whole = directory.resolve("long.jsonl.gz");
        assertThat(record("{\"last\":\"1h\"}", whole).statusCode()).isEqualTo(200);
        assertThat(Verification.of(whole, lines -> {})).hasSize(4);
    }

    @Test
    void ofLivesThatBeganBeforeTheWantedTimeTheRestIsInTheFile() throws Exception {
        begin(false, LOOPBACK, null);
        await(
                () -> "the lives are longer than what will be wanted",
                () -> BackgroundRecording.nowMicros() - host.recorder().kept().sinceMicros() > 2_500_000);
        Path file = directory.resolve("part.jsonl.gz");
        assertThat(record("{\"last\":\"2s\"}", file).statusCode()).isEqualTo(200);
        assertThat(Verification.of(file, lines -> {})).hasSize(4).allSatisfy(life -> {
            assertThat(life.outcome()).isEqualTo(Verification.Outcome.NOT_COMPLETE);
            assertThat(life.detail()).isEqualTo("its beginning is not in the recording");
            assertThat(life.inputs()).isPositive();
        });
    }

    @Test
    void aWishThatMakesNoSenseIsRefused() throws Exception {
        begin(false, LOOPBACK, null);
        assertRefused(send("POST", "/api/recording", "{\"last\":\"soon\"}"), 400, "The request cannot be read: ");
        assertRefused(send("POST", "/api/recording", "last"), 400, "For example");
        assertRefused(send("POST", "/api/recording/verification", "{}"), 409, "gossip replay FILE");
    }

    @Test
    void whoMayNotSendMayNotRecord() throws Exception {
        begin(true, LOOPBACK, null);
        assertRefused(send("POST", "/api/recording", "{}"), 403, "--read-only");
        assertThat(json("/api/recording").text("hint")).contains("--read-only");
        dashboard.close();
        begin(
                RecordingAccess.of(host.recorder(), "two", ""),
                false,
                new NodeId("0.0.0.0", freePorts(1).getFirst().port()),
                "secret");
        assertThat(json("/api/recording").flag("can")).isTrue();
        assertRefused(send("POST", "/api/recording", "{}"), 401, "The token is missing or wrong.");
        assertThat(send("POST", "/api/recording", "{}", "Authorization", "Bearer secret")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void nodesOfOthersKeepTheirOwn() throws Exception {
        start(2);
        assertThat(json("/api/recording").flag("can")).isFalse();
        assertRefused(send("POST", "/api/recording", "{}"), 403, "gossip record");
    }

    @Test
    void whoeverKeepsItMayBeGone() throws Exception {
        host = Host.start(HostOptions.inMemory(members(2)));
        var gone = new RecordingAccess.Keeper() {
            @Override
            public Kept kept() throws IOException {
                throw new IOException("No network is running.");
            }

            @Override
            public void write(OutputStream out, long sinceMicros) throws IOException {
                throw new IOException("No network is running.");
            }
        };
        begin(new RecordingAccess.OfNetwork(gone, "two", ""), false, LOOPBACK, null);
        assertThat(json("/api/recording").text("why")).isEqualTo("No network is running.");
        assertRefused(send("POST", "/api/recording", "{}"), 502, "No network is running.");
    }

    @Test
    void aFaultOfTheProgramIsAnsweredToo() throws Exception {
        host = Host.start(HostOptions.inMemory(members(2)));
        var broken = new RecordingAccess.Keeper() {
            @Override
            public Kept kept() {
                throw new IllegalStateException("broken");
            }

            @Override
            public void write(OutputStream out, long sinceMicros) {
                throw new IllegalStateException("broken");
            }
        };
        begin(new RecordingAccess.OfNetwork(broken, "two", ""), false, LOOPBACK, null);
        assertThat(json("/api/recording").text("why")).contains("a fault in this program", "broken");
        assertRefused(send("POST", "/api/recording", "{}"), 502, "a fault in this program");
    }

    @Test
    void whatBreaksOffDoesNotLookWhole() throws Exception {
        host = Host.start(HostOptions.inMemory(members(2)));
        var breaking = new RecordingAccess.Keeper() {
            @Override
            public Kept kept() {
                return Kept.NOTHING;
            }

            @Override
            public void write(OutputStream out, long sinceMicros) throws IOException {
                byte[] noise = new byte[1 << 20];
                new Random(1).nextBytes(noise);
                out.write(noise);
                throw new IOException("the process has died");
            }
        };
        begin(new RecordingAccess.OfNetwork(breaking, "two", ""), false, LOOPBACK, null);
        Path file = directory.resolve("run");
        assertThatThrownBy(() -> record("{}", file)).isInstanceOf(IOException.class);
        assertThat(Files.size(file)).isLessThan(1 << 20);
    }
}
