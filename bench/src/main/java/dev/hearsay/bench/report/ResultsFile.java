package dev.hearsay.bench.report;

import dev.hearsay.wire.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes all findings of a run as one JSON file, for programs. */
public final class ResultsFile {

    private record Document(
            Instant at,
            boolean quick,
            Map<String, Object> machine,
            double loadBefore,
            double loadAfter,
            Map<String, Section> sections) {}

    private record Section(List<Map<String, Object>> rows, List<Goal> targets) {}

    private record Goal(String what, double value, String wanted, double limit, String unit, boolean reached) {
        static Goal of(Target target) {
            String wanted = target.direction() == Target.Direction.AT_MOST ? "<=" : ">=";
            return new Goal(target.what(), target.value(), wanted, target.limit(), target.unit(), target.isReached());
        }
    }

    private ResultsFile() {}

    /** Writes the file, anew after each section, so that what an interrupted run has found is kept. */
    public static void write(Path file, boolean quick, double loadBefore, List<Findings> all) throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        for (Findings findings : all) {
            List<Goal> goals = findings.targets().stream().map(Goal::of).toList();
            sections.put(findings.section(), new Section(findings.rows(), goals));
        }
        var document =
                new Document(Instant.now(), quick, MachineInfo.facts(), loadBefore, MachineInfo.load(), sections);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, RecordJson.PLAIN.pretty(document));
    }
}
