package dev.hearsay.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What a section has found.
 *
 * @param section its name on the command line
 * @param title what it is about, for people
 * @param tables for people
 * @param rows the same for programs: numbers, texts and lists of numbers by name
 * @param targets what the figures should be
 * @param notes what one must know to read the figures
 * @param failures what could not be measured, and why
 */
public record Findings(
        String section,
        String title,
        List<Table> tables,
        List<Map<String, Object>> rows,
        List<Target> targets,
        List<String> notes,
        List<String> failures) {

    public Findings {
        tables = List.copyOf(tables);
        rows = List.copyOf(rows);
        targets = List.copyOf(targets);
        notes = List.copyOf(notes);
        failures = List.copyOf(failures);
    }

    /** Whether everything could be measured, whatever came of it. */
    public boolean isComplete() {
        return failures.isEmpty();
    }

    /** As people read it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\n== " + title + "\n");
        tables.forEach(table -> text.append('\n').append(table));
        if (!targets.isEmpty()) {
            Table table = new Table("target", "measured", "wanted", "");
            targets.forEach(target -> target.addTo(table));
            text.append('\n').append(table);
        }
        if (!notes.isEmpty() || !failures.isEmpty()) {
            text.append('\n');
            notes.forEach(note -> text.append(note).append('\n'));
            failures.forEach(failure -> text.append("FAILED: ").append(failure).append('\n'));
        }
        return text.toString();
    }
}
