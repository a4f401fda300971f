package dev.hearsay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What docs/wire-json.md shows is what this program reads, and nothing that it reads is missing there. */
class WireDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/wire-json.md");

    @Test
    void everyExampleIsReadAndReadsAsItsHeadingSays() throws Exception {
        List<String> lines = Files.readAllLines(DOCUMENT);
        Set<String> documented = new TreeSet<>();
        String heading = "";
        MessageJson json = new MessageJson();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("## ")) {
                heading = lines.get(i).substring(3);
            } else if (lines.get(i).equals("```json")) {
                byte[] example = lines.get(i + 1).getBytes(StandardCharsets.UTF_8);
                String written = new String(json.write(json.read(example)), StandardCharsets.UTF_8);
                assertThat(written).as(heading).contains("\"type\":\"" + heading + "\"");
                assertThat(json.read(written.getBytes(StandardCharsets.UTF_8))).isEqualTo(json.read(example));
                documented.add(heading);
            }
        }
        RandomMessages random = new RandomMessages(1);
        List<String> types = new ArrayList<>();
        for (int kind = 0; kind < RandomMessages.MESSAGE_KINDS; kind++) {
            String written = new String(json.write(random.message(kind)), StandardCharsets.UTF_8);
            types.add(written.replaceFirst(".*?\"type\":\"([A-Z_]+)\".*", "$1"));
        }
        assertThat(documented).containsExactlyInAnyOrderElementsOf(types);
    }
}
