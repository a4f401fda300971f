package dev.hearsay.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The schema in docs/trace.schema.json says what this program writes, and docs/trace-format.md what the schema says. */
class TraceSchemaTest {

    private static final Path DOCUMENT = Path.of("../docs/trace-format.md");
    private static final Path RECORDING = Path.of("../live/src/test/resources/recordings/seeds-and-peers.jsonl.gz");

    private final JsonSchema schema = schema();
    private final RecordingJson json = new RecordingJson();

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(Files.readString(Path.of("../docs/trace.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void demandValid(String line) {
        assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
    }

    @Test
    void linesOfEveryKindFollowIt() {
        for (int randomSeed = 1; randomSeed <= 5; randomSeed++) {
            new RandomRecording(randomSeed).lines().forEach(line -> demandValid(json.write(line)));
        }
    }

    @Test
    void aWholeRecordingFollowsIt() throws Exception {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(RECORDING)), UTF_8))) {
            List<String> lines = reader.lines().toList();
            assertThat(lines).hasSizeGreaterThan(500);
            lines.forEach(this::demandValid);
        }
    }

    @Test
    void everyExampleIsOneAndNoKindOfLineHasNone() throws Exception {
        List<String> lines = Files.readAllLines(DOCUMENT);
        Set<Class<?>> shown = new HashSet<>();
        Set<String> events = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```json")) {
                String example = lines.get(i + 1);
                demandValid(example);
                RecordingLine line = json.read(example);
                assertThat(json.write(line)).isEqualTo(example);
                shown.add(line.getClass());
            }
        }
        // What other versions write is no kind of line of this one.
        shown.add(RecordingLine.UnknownSettings.class);
        assertThat(shown).containsExactlyInAnyOrder(RecordingLine.class.getPermittedSubclasses());
        String text = String.join("\n", lines);
        for (int kind = 0; kind < RandomMessages.SIGNAL_KINDS; kind++) {
            events.add(TraceJson.name(new RandomMessages(1).event(kind)));
        }
        assertThat(events).allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
    }

    @Test
    void whatIsNoLineIsRefused() {
        for (String line : List.of(
                "{}",
                "{\"v\":2,\"end\":1}",
                "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"signal\":\"dreamt\"}",
                "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"signal\":\"duplicate\",\"from\":\"a:2\",\"hops\":1}",
                "{\"v\":1,\"at\":1,\"node\":\"a\",\"signal\":\"departed\"}",
                "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"nanos\":1,\"input\":\"fired\",\"digest\":\"58bce003184f923c\"}")) {
            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isNotEmpty();
        }
    }
}
