package dev.hearsay.cli.output;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Records as CSV, as RFC 4180 has it. Lists become words with spaces between them, what is absent an empty field. */
public final class Csv {

    private static final String LINE_END = "\r\n";

    private Csv() {}

    public static String header(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> field(component.getName()))
                .collect(Collectors.joining(",", "", LINE_END));
    }

    public static String line(Record record) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .map(component -> field(text(component, record)))
                .collect(Collectors.joining(",", "", LINE_END));
    }

    private static String text(RecordComponent component, Record record) {
        return text(RecordJson.valueOf(component, record));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Iterable<?> list ->
                StreamSupport.stream(list.spliterator(), false)
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
            // A measure over several runs has three numbers, and its place in a table is one.
            case Record record -> RecordJson.of(record);
            default -> value.toString();
        };
    }

    private static String field(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
