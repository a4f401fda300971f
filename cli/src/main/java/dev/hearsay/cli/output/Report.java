package dev.hearsay.cli.output;

import dev.hearsay.wire.RecordJson;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a command has to say, ready for every format. Programs get records, by the names of their components; people get
 * a text made from the same records.
 *
 * @param document the whole, for JSON: a record, or a map of names to values
 * @param rowType what the rows are, so that a CSV without rows still has its header
 * @param rows the parts, for JSON lines and CSV
 * @param text for people, ending in a line break unless empty
 */
public record Report<R extends Record>(Object document, Class<R> rowType, List<R> rows, Supplier<String> text) {

    /** A report that is one row. */
    public static <R extends Record> Report<R> of(Class<R> type, R row, Supplier<String> text) {
        return new Report<>(row, type, List.of(row), text);
    }

    public void print(Format format, PrintStream out) {
        switch (format) {
            case TABLE -> out.print(text.get());
            case JSON -> out.print(Plain.json(RecordJson.PLAIN.line(document)) + "\n");
            case JSONL -> rows.forEach(row -> out.print(Plain.json(RecordJson.PLAIN.line(row)) + "\n"));
            case CSV -> {
                out.print(Csv.header(rowType));
                rows.forEach(row -> out.print(Csv.line(row)));
            }
        }
        out.flush();
    }
}
