package dev.hearsay.bench.membership;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import dev.hearsay.sim.Measure;
import dev.hearsay.sim.RunMeasures;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationReport;
import dev.hearsay.sim.SimulationSpec;
import dev.hearsay.sim.SimulationSpecBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Simulated networks of which one peer dies at last. In the rough ones a tenth of all messages is lost, and peers stand still again and again for a
 * little less than the suspicion time.
 *
 * @param calm over the runs in which nothing else went wrong
 * @param rough over all others, as far as they kept every invariant
 * @param falseRemovals of all runs together
 */
record Removals(SimulationReport calm, SimulationReport rough, double falseRemovals) {

    private static final int RUNS = 1_000;
    private static final int RUNS_QUICK = 50;
    private static final int RUNS_CALM = 50;
    private static final int PEERS = 20;
    private static final int SEEDS = 5;
    private static final int DEATH_SECONDS = 60;
    private static final double MILLIS_PER_PERIOD = 1_000;

    /** Das, Gupta, Motivala 2002: e/(e-1) protocol periods. */
    private static final double SWIM_PERIODS = Math.E / (Math.E - 1);

    static Removals measure(BenchSettings settings, List<String> failures) throws InterruptedException {
        SimulationReport calm = study(settings, builder(RUNS_CALM).build(), failures);
        SimulationReport rough = study(settings, rough(settings.quick() ? RUNS_QUICK : RUNS), failures);
        return new Removals(calm, rough, falseRemovals(calm) + falseRemovals(rough));
    }

    private static double falseRemovals(SimulationReport report) {
        return report.measure(Measure.FALSE_REMOVALS).mean() * report.spec().runs();
    }

    private static SimulationReport study(BenchSettings settings, SimulationSpec spec, List<String> failures)
            throws InterruptedException {
        settings.progress("  " + spec.command());
        List<RunMeasures> measures = new ArrayList<>();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<RunMeasures>> runs = new ArrayList<>();
            for (int run = 0; run < spec.runs(); run++) {
                SimulationSpec one = spec.run(run);
                runs.add(workers.submit(() -> Simulation.of(one).run()));
            }
            for (Future<RunMeasures> run : runs) {
                try {
                    measures.add(run.get());
                } catch (ExecutionException e) {
                    failures.add(String.valueOf(e.getCause()));
                }
            }
        }
        return SimulationReport.of(spec, "", 0, measures);
    }

    private static SimulationSpecBuilder builder(int runs) {
        return SimulationSpec.builder()
                .set("nodes", PEERS)
                .set("seeds", SEEDS)
                .set("latency", "uniform:1ms-20ms")
                .set("runs", runs)
                .set("crash", "3@" + DEATH_SECONDS + "s");
    }

    private static SimulationSpec rough(int runs) {
        SimulationSpecBuilder builder = builder(runs).set("loss", "10%");
        for (int second = 10; second < DEATH_SECONDS - 2; second += 3) {
            builder.set("pause", "25%@" + second + "s+1900ms");
        }
        return builder.build();
    }

    void addTo(List<Table> tables, List<Map<String, Object>> rows, List<Target> targets, List<String> notes) {
        Table table = new Table("system", "false removals", "detection", "everywhere", "messages per removal");
        add("Hearsay, calm", calm, table, rows);
        add("Hearsay, 10 % loss and pauses", rough, table, rows);
        table.row("SWIM, as published", "", Numbers.of(SWIM_PERIODS) + " periods", "O(log n) periods", "");
        table.row("Lifeguard, as published", "50 to 100 times fewer than SWIM", "", "", "");
        tables.add(table);
        targets.add(Target.atMost("false removals, all runs", falseRemovals, 0, ""));
        notes.add(PEERS + " peers, " + SEEDS
                + " seeds. A period is from one round of heartbeats (SWIM: of pings) to the next, here 1 s."
                + " Hearsay's detection ends when a quorum of seeds has certified the removal, after suspicion, confirmations and the seeds' own pings;"
                + " SWIM's when some member first misses a ping, before any suspicion or word to others. The published figures are of other"
                + " networks and faults: they tell orders of magnitude only.");
        notes.add(
                "Messages per removal are those sent only because somebody was thought to be dead, from all the witnesses of the peer's neighbours, half"
                        + " of all peers; with pauses they are nearly all false alarms, which the witnesses have to turn down.");
    }

    private static void add(String name, SimulationReport report, Table table, List<Map<String, Object>> rows) {
        table.row(
                name,
                Numbers.of(falseRemovals(report)) + " in " + report.spec().runs() + " runs",
                periods(report.measure(Measure.DETECTION).mean()),
                periods(report.measure(Measure.REMOVAL).mean()),
                Numbers.of(report.measure(Measure.REMOVAL_MESSAGES).mean()));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("command", report.spec().command());
        report.measures().forEach((measure, estimate) -> row.put(measure.label(), estimate.mean()));
        rows.add(row);
    }

    private static String periods(double millis) {
        return Numbers.of(millis / MILLIS_PER_PERIOD) + " periods";
    }
}
