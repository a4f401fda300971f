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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results of a study in the formats of commands. */
final class Results {

    /**
     * One measure over the runs.
     *
     * @param mean over the runs that have a value; null if none has
     * @param low the lower end of the 95 % interval; null if fewer than two have, or where runs may be too unlike for one
     * @param n how many have a value
     * @param p5 a quantile of all runs, as the next two; null of a single run, and where it falls on a run without a value
     * @param medianLow the lower end of the 95 % interval of the median; null if there are fewer than six runs
     * @param never the share of runs without a value, with the ends of its 95 % interval, which are null of a single run
     */
    record Row(
            String measure,
            @Nullable Double mean,
            @Nullable Double low,
            @Nullable Double high,
            int n,
            @Nullable Double p5,
            @Nullable Double median,
            @Nullable Double p95,
            @Nullable Double medianLow,
            @Nullable Double medianHigh,
            double never,
            @Nullable Double neverLow,
            @Nullable Double neverHigh,
            String unit) {}

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
        document.put("repairedRuns", report.repairedRuns());
        document.put("command", spec.command());
        report.measures().forEach((measure, estimate) -> {
            Row row = row(measure, estimate);
            rows.add(row);
            document.put(row.measure(), row);
        });
        return new Report<>(document, Row.class, rows, () -> text(report, rows));
    }

    private static Row row(Measure measure, Estimate estimate) {
        Estimate.Share missing = estimate.missing();
        boolean isStudy = estimate.runs() > 1;
        return new Row(
                measure.label(),
                known(estimate.mean()),
                known(estimate.low()),
                known(estimate.high()),
                estimate.known(),
                isStudy ? known(estimate.p5()) : null,
                isStudy ? known(estimate.median()) : null,
                isStudy ? known(estimate.p95()) : null,
                known(estimate.medianLow()),
                known(estimate.medianHigh()),
                missing.share(),
                isStudy ? missing.low() : null,
                isStudy ? missing.high() : null,
                measure.unit());
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
        boolean isStudy = spec.runs() > 1;
        if (!isStudy) {
            text.append("Note: this is one run, which tells nothing of how runs differ; see --runs.\n");
        }
        text.append('\n');
        TextTable table = new TextTable().text("MEASURE").number(isStudy ? "MEAN" : "VALUE");
        if (isStudy) {
            List.of("95 % FROM", "TO", "P5", "MEDIAN", "95 % FROM", "TO", "P95", "RUNS")
                    .forEach(table::number);
        }
        table.text("");
        for (Row row : rows) {
            List<Object> cells = new ArrayList<>(List.of(row.measure(), number(row.mean())));
            if (isStudy) {
                Stream.of(row.low(), row.high(), row.p5(), row.median(), row.medianLow(), row.medianHigh(), row.p95())
                        .forEach(value -> cells.add(number(value)));
                cells.add(row.n());
            }
            cells.add(row.unit());
            table.line(cells.toArray());
        }
        text.append(table);
        report.measures().forEach((measure, estimate) -> {
            if (estimate.known() < estimate.runs()) {
                text.append(missing(measure, estimate));
            }
        });
        return text.toString();
    }

    private static String missing(Measure measure, Estimate estimate) {
        String why = measure.isOfReach() ? "never got there, as the rumor died out or time was up" : "have none";
        if (estimate.runs() == 1) {
            return measure.isOfReach() ? measure.label() + ": " + why + ".\n" : "";
        }
        Estimate.Share missing = estimate.missing();
        return String.format(
                Locale.ROOT,
                "%s: %d of %d runs %s, %.1f %% (%.1f to %.1f %%); the mean is over the others, the quantiles are over all.%n",
                measure.label(),
                estimate.runs() - estimate.known(),
                estimate.runs(),
                why,
                100 * missing.share(),
                100 * missing.low(),
                100 * missing.high());
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
