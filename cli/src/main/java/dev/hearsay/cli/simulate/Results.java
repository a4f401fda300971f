package dev.hearsay.cli.simulate;

import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.sim.Estimate;
import dev.hearsay.sim.Measure;
import dev.hearsay.sim.SimulationReport;
import dev.hearsay.sim.SimulationSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of a study in the formats of commands. */
final class Results {

    /**
     * One measure over the runs.
     *
     * @param mean null if no run had a value
     * @param low the lower end of the 95 % interval
     */
    record Row(
            String measure,
            @Nullable Double mean,
            @Nullable Double low,
            @Nullable Double high,
            String unit) {}

    /** A measure in the JSON document, where its name stands before it. */
    record Interval(
            @Nullable Double mean,
            @Nullable Double low,
            @Nullable Double high) {}

    private Results() {}

    static Report<Row> report(SimulationReport report) {
        List<Row> rows = new ArrayList<>();
        Map<String, Object> document = new LinkedHashMap<>();
        SimulationSpec spec = report.spec();
        document.put("nodes", spec.nodes());
        if (spec.seeds() > 0) {
            document.put("seeds", spec.seeds());
        }
        document.put("topology", spec.topology().toString());
        document.put("spread", spec.protocol().spread().toString());
        document.put("randomSeed", spec.randomSeed());
        document.put("runs", spec.runs());
        document.put("command", spec.command());
        report.measures().forEach((measure, estimate) -> {
            Row row = row(measure, estimate);
            rows.add(row);
            document.put(row.measure(), new Interval(row.mean(), row.low(), row.high()));
        });
        return new Report<>(document, Row.class, rows, () -> text(report, rows));
    }

    private static Row row(Measure measure, Estimate estimate) {
        return new Row(
                measure.label(), known(estimate.mean()), known(estimate.low()), known(estimate.high()), measure.unit());
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static String text(SimulationReport report, List<Row> rows) {
        SimulationSpec spec = report.spec();
        StringBuilder text = new StringBuilder(spec.command()).append("\n");
        if (!report.overlayNote().isEmpty()) {
            text.append("Note: ").append(report.overlayNote()).append(".\n");
        }
        text.append('\n');
        TextTable table = new TextTable().text("MEASURE").number("MEAN");
        if (spec.runs() > 1) {
            table.number("95 % FROM").number("TO");
        }
        table.text("");
        for (Row row : rows) {
            List<Object> cells = new ArrayList<>(List.of(row.measure(), number(row.mean())));
            if (spec.runs() > 1) {
                cells.add(number(row.low()));
                cells.add(number(row.high()));
            }
            cells.add(row.unit());
            table.line(cells.toArray());
        }
        return text.append(table).toString();
    }

    /** Four digits, and no exponents. */
    private static String number(@Nullable Double value) {
        if (value == null) {
            return "–";
        }
        if (value == Math.rint(value) || Math.abs(value) >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int whole = (int) Math.floor(Math.log10(Math.abs(value)));
        int decimals = Math.clamp(3 - whole, 0, 8);
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }
}
