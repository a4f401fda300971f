package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultOrder;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said about faults. */
final class FaultReports {

    private static final double NANOS_PER_MILLI = 1e6;

    /** All faults in force. */
    record Document(List<Row> faults) {}

    /**
     * One fault.
     *
     * @param what in words
     * @param forMillis how long it lasts; null if until it is healed
     * @param leftMillis how long it will last; null if until it is healed
     */
    record Row(
            String id,
            String fault,
            String what,
            @Nullable Double forMillis,
            @Nullable Double leftMillis,
            long randomSeed) {}

    private FaultReports() {}

    private static Row row(FaultDesk.InForce one, Function<NodeId, String> name) {
        return row(one.order(), one.leftNanos(), name);
    }

    private static Row row(FaultOrder order, long leftNanos, Function<NodeId, String> name) {
        boolean ends = order.forNanos() > 0;
        return new Row(
                order.id(),
                order.fault().kind(),
                order.fault().words(name),
                ends ? order.forNanos() / NANOS_PER_MILLI : null,
                ends ? leftNanos / NANOS_PER_MILLI : null,
                order.randomSeed());
    }

    static Report<Row> begun(FaultOrder order, Function<NodeId, String> name, String option) {
        Row row = row(order, order.forNanos(), name);
        String time = row.forMillis() == null ? "until it is healed" : "for " + Spans.ofMillis(row.forMillis());
        return Report.of(
                Row.class,
                row,
                () -> row.id() + ": " + row.what() + ", " + time + ". To end it now: gossip fault heal " + row.id()
                        + option + "\n");
    }

    static Report<Row> list(List<FaultDesk.InForce> faults, Function<NodeId, String> name) {
        List<Row> rows = faults.stream().map(one -> row(one, name)).toList();
        return new Report<>(
                new Document(rows), Row.class, rows, () -> rows.isEmpty() ? "No fault is in force.\n" : table(rows));
    }

    /** That there is no fault of that id. */
    static String noneOf(String id, List<FaultDesk.InForce> inForce) {
        return "there is no fault " + id + "; "
                + (inForce.isEmpty()
                        ? "none is in force"
                        : inForce.stream()
                                .map(one -> one.order().id())
                                .collect(Collectors.joining(", ", "in force are ", "")));
    }

    private static String table(List<Row> rows) {
        TextTable table = new TextTable().text("ID").text("FAULT").text("LEFT");
        for (Row row : rows) {
            table.line(
                    row.id(), row.what(), row.leftMillis() == null ? "until healed" : Spans.ofMillis(row.leftMillis()));
        }
        return table.toString();
    }

    static Report<Row> healed(List<FaultDesk.InForce> faults, Function<NodeId, String> name) {
        List<Row> rows = faults.stream().map(one -> row(one, name)).toList();
        return new Report<>(
                new Document(rows),
                Row.class,
                rows,
                () -> rows.isEmpty()
                        ? "No fault is in force.\n"
                        : rows.stream()
                                .map(row -> row.id() + " is healed: " + row.what() + ".\n")
                                .collect(Collectors.joining()));
    }
}
