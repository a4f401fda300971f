package dev.hearsay.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of cells with a heading, printed so that columns line up; cells that hold a number stand at the right. */
public final class Table {

    private static final String GAP = "  ";
    /** With or without a unit; a dash stands for one that is not known. */
    private static final Pattern NUMBER = Pattern.compile("([≤≥] )?([\\d.,]+|–)( \\S+)?");

    private final List<String> heading;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heading) {
        this.heading = List.of(heading);
    }

    /** Adds a row, which may be shorter than the heading. */
    public Table row(String... cells) {
        if (cells.length > heading.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + heading.size() + " columns: " + String.join(", ", cells));
        }
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>(rows);
        lines.addFirst(heading);
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder printed = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String cell = line.get(column);
                String padding = " ".repeat(width(lines, column) - cell.length());
                printed.append(column == 0 ? "" : GAP).append(isNumeric(column) ? padding + cell : cell + padding);
            }
            text.append(printed.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream()
                .filter(line -> column < line.size())
                .mapToInt(line -> line.get(column).length())
                .max()
                .orElse(0);
    }

    private boolean isNumeric(int column) {
        List<String> cells = rows.stream()
                .filter(row -> column < row.size())
                .map(row -> row.get(column))
                .toList();
        return !cells.isEmpty()
                && cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
    }
}
