package dev.hearsay.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aligned columns for people. Numbers stand to the right. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<String> headers = new ArrayList<>();
    private final List<Boolean> isRight = new ArrayList<>();
    private final List<List<String>> lines = new ArrayList<>();

    public TextTable text(String header) {
        return columns(header);
    }

    public TextTable number(String header) {
        return columns(header + ">");
    }

    /** Columns of these headers; those that end with {@code >} are of numbers. */
    public TextTable columns(String... all) {
        for (String header : all) {
            boolean isNumber = header.endsWith(">");
            headers.add(isNumber ? header.substring(0, header.length() - 1) : header);
            isRight.add(isNumber);
        }
        return this;
    }

    /** One line, with as many cells as there are columns; what is absent is a dash. */
    public TextTable line(@Nullable Object... cells) {
        if (cells.length != headers.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headers.size() + " columns");
        }
        lines.add(Arrays.stream(cells)
                .map(cell -> Plain.of(cell == null ? "–" : cell.toString()))
                .toList());
        return this;
    }

    @Override
    public String toString() {
        int[] widths = new int[headers.size()];
        widen(widths, headers);
        lines.forEach(line -> widen(widths, line));
        StringBuilder text = new StringBuilder();
        append(text, widths, headers);
        lines.forEach(line -> append(text, widths, line));
        return text.toString();
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], Plain.width(cells.get(i)));
        }
    }

    private void append(StringBuilder text, int[] widths, List<String> cells) {
        int start = text.length();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            int padding = widths[i] - Plain.width(cell);
            text.append(i == 0 ? "" : GAP);
            if (isRight.get(i)) {
                text.repeat(' ', padding).append(cell);
            } else {
                text.append(cell).repeat(' ', padding);
            }
        }
        int end = text.length();
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }
}
