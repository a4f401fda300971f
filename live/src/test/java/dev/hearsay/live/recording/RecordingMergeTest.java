package dev.hearsay.live.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.live.replay.Verification;
import dev.hearsay.wire.WireException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One recording of those of several processes. */
class RecordingMergeTest {

    private static final Path KEPT = Path.of("src/test/resources/recordings/seeds-and-peers.jsonl.gz");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private String seeds = "";
    private String peers = "";

    /** As if the seeds and the peers of the recording had lived in a process each. */
    @BeforeEach
    void divide() throws IOException {
        List<String> lines;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(KEPT))) {
            lines = new String(in.readAllBytes(), UTF_8).lines().toList();
        }
        seeds = part(lines, 1);
        peers = part(lines, 2)
                .replace("{\"v\":1,\"settings\":2,", "{\"v\":1,\"settings\":1,")
                .replace("\"settings\":2,\"randomSeed\"", "\"settings\":1,\"randomSeed\"");
    }

    /** What a recording has of the nodes with these settings. */
    private static String part(List<String> lines, int settings) {
        String nodes = lines.stream()
                .map(
                        Pattern.compile("\\{\"v\":1,\"began\":1,\"node\":\"([^\"]+)\",.*\"settings\":" + settings
                                + ",.*")::matcher)
                .filter(Matcher::matches)
                .map(began -> Pattern.quote(began.group(1)))
                .collect(joining("|"));
        Pattern about = Pattern.compile("\\{\"v\":1,(\"began\":[0-9]+,|\"at\":[0-9]+,)?\"node\":\"(" + nodes + ")\".*");
        List<String> some = lines.stream()
                .filter(line -> line.startsWith("{\"v\":1,\"settings\":" + settings + ",")
                        || about.matcher(line).matches())
                .toList();
        return lines.getFirst() + "\n" + String.join("\n", some) + "\n{\"v\":1,\"end\":" + (some.size() + 1) + "}\n";
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private String merged() {
        return out.toString(UTF_8);
    }

    @Test
    void whatSeveralProcessesKeepIsVerifiedAsOne() throws Exception {
        try (RecordingMerge merge = new RecordingMerge(out, "two", 5)) {
            merge.add(stream(seeds));
            merge.add(stream(peers));
            assertThat(merge.wholeLives()).isEqualTo(7);
            assertThat(merge.partialLives()).isZero();
        }
        assertThat(merged())
                .startsWith("{\"v\":1,\"format\":\"hearsay recording\",\"network\":\"two\",\"at\":5}\n")
                .containsOnlyOnce("\"format\"")
                .containsOnlyOnce("{\"v\":1,\"settings\":1,\"deciding\"")
                .containsOnlyOnce("{\"v\":1,\"settings\":2,\"gossiping\"");
        Path file = Files.writeString(directory.resolve("recording"), merged());
        assertThat(Verification.of(file, lines -> {}))
                .hasSize(7)
                .allSatisfy(life -> assertThat(life.outcome()).as(life.detail()).isEqualTo(Verification.Outcome.SAME));
    }

    @Test
    void aLifeWithSeveralGapsIsOneThatIsPartlyThere() throws Exception {
        String gap = "{\"v\":1,\"missing\":7,\"node\":\"127.0.0.1:25667\",\"name\":\"1\",\"life\":1}\n";
        String end = peers.substring(peers.lastIndexOf("{\"v\":1,\"end\":"));
        int lines = (int) peers.lines().count() - 1;
        String torn = peers.replace(end, gap.repeat(3) + "{\"v\":1,\"end\":" + (lines + 3) + "}\n");
        try (RecordingMerge merge = new RecordingMerge(out, "two", 5)) {
            merge.add(stream(torn));
            assertThat(merge.wholeLives()).isEqualTo(3);
            assertThat(merge.partialLives()).isEqualTo(1);
        }
    }

    @Test
    void aPartThatBreaksOffOrIsOfAnotherVersionIsRefused() throws Exception {
        RecordingMerge merge = new RecordingMerge(out, "two", 5);
        String half = seeds.substring(0, seeds.lastIndexOf("{\"v\":1,\"end\":"));
        assertThatThrownBy(() -> merge.add(stream(half)))
                .isInstanceOf(WireException.class)
                .hasMessage("the recording of a process breaks off");
        assertThatThrownBy(() -> merge.add(stream(seeds.replace("\"syncNanos\"", "\"syncMillis\""))))
                .isInstanceOf(WireException.class)
                .hasMessage("a process runs another version of this program: setting 'syncNanos' is missing");
        assertThat(merged()).doesNotContain("\"end\":");
    }
}
