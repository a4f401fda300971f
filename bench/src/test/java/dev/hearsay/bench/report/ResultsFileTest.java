package dev.hearsay.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

    @Test
    void holdsRowsAndTargetsOfEachSection(@TempDir Path folder) throws IOException {
        Findings findings = new Findings(
                "scale",
                "title",
                List.of(),
                List.of(Map.of("p50Millis", List.of(1.5, Double.NaN))),
                List.of(Target.atMost("p50", 1.5, 150, "ms")),
                List.of(),
                List.of());
        Path file = folder.resolve("made/results.json");
        ResultsFile.write(file, true, 0.5, List.of(findings));
        assertThat(Files.readString(file).replaceAll("\\s+", ""))
                .contains("\"quick\":true")
                .contains("\"scale\":{\"rows\":[{\"p50Millis\":[1.5,null]}],")
                .contains(
                        "{\"what\":\"p50\",\"value\":1.5,\"wanted\":\"<=\",\"limit\":150.0,\"unit\":\"ms\",\"reached\":true}");
    }
}
