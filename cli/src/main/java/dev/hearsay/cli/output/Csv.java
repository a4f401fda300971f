package dev.hearsay.cli.output;

import dev.hearsay.wire.RecordJson;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Records as CSV, as RFC 4180 has it. Lists become words with spaces between them, what is absent an empty field. What strangers wrote must not be a formula
 * in a spreadsheet: text that would begin one is led by an apostrophe; and what a terminal would obey is an escape, but for line breaks and tabs.
 */
public final class Csv {

    private static final String LINE_END = "\r\n";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|[+-]Infinity");

    private Csv() {}

    public static String header(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> field(component.getName()))
                .collect(Collectors.joining(",", "", LINE_END));
    }

    public static String line(Record record) {
        return RecordJson.PLAIN.values(record).stream()
                .map(value -> field(plain(noFormula(text(value)))))
                .collect(Collectors.joining(",", "", LINE_END));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Iterable<?> list ->
                StreamSupport.stream(list.spliterator(), false)
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
            // A measure over several runs has three numbers, and its place in a table is one.
            case Record record -> RecordJson.PLAIN.line(record);
            default -> value.toString();
        };
    }

    private static String noFormula(String text) {
        boolean isFormula = !text.isEmpty()
                && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return isFormula ? "'" + text : text;
    }

    private static String plain(String text) {
        return text.indexOf('\t') < 0 && text.indexOf('\n') < 0
                ? Plain.of(text)
                : Pattern.compile("[^\t\n]+")
                        .matcher(text)
                        .replaceAll(part -> Matcher.quoteReplacement(Plain.of(part.group())));
    }

    private static String field(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
