package dev.hearsay.bench.membership;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.Child;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.process.Jvm;
import dev.hearsay.bench.process.Scratch;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Live networks of peers and seeds, each in a cold JVM of its own: registration and removal, medians. */
record Live(List<Row> measured) {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx2g");

    /** Two silent looks, a second and a half for the witnesses, the seeds' five pings of half a second. */
    private static final double DETECTION_SECONDS = 2 + 1.5 + 2.5;

    /** A kind of network, and what is asked of it. */
    private record Kind(int seeds, int peers, int neighbours, boolean throughSockets, double readySecondsMax) {
        String label() {
            return peers + " peers, " + seeds + " seeds"
                    + (neighbours == 0 ? "" : ", " + neighbours + " neighbours drawn")
                    + (throughSockets ? ", over sockets" : "");
        }
    }

    private static final List<Kind> KINDS =
            List.of(new Kind(5, 100, 0, false, 3), new Kind(5, 100, 0, true, 3), new Kind(5, 1_000, 8, false, 20));

    private record Row(Kind kind, double readySeconds, double removedSeconds) {}

    static Live measure(BenchSettings settings, List<String> failures) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : KINDS) {
            List<Row> trials = new ArrayList<>();
            for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
                try {
                    trials.add(trial(settings, kind, repetition));
                } catch (FailedException e) {
                    failures.add(kind.label() + " " + e.getMessage());
                }
            }
            rows.add(new Row(
                    kind,
                    median(trials.stream().mapToDouble(Row::readySeconds).toArray()),
                    median(trials.stream().mapToDouble(Row::removedSeconds).toArray())));
        }
        return new Live(List.copyOf(rows));
    }

    private static Row trial(BenchSettings settings, Kind kind, int repetition)
            throws FailedException, IOException, InterruptedException {
        try (Scratch scratch = Scratch.make()) {
            Path folder = scratch.path();
            Path log = settings.logs("membership")
                    .resolve(kind.label().replaceAll("\\W+", "-") + "-" + repetition + ".log");
            List<String> arguments = List.of(
                    Integer.toString(kind.seeds),
                    Integer.toString(kind.peers),
                    Integer.toString(kind.neighbours),
                    Boolean.toString(kind.throughSockets),
                    folder.toString());
            new Child(Jvm.command(FLAGS, LiveTrial.class, arguments), Map.of(), log, LIMIT).run();
            String[] found = Files.readString(folder.resolve("result")).split(" ", -1);
            settings.progress("  " + kind.label() + ", trial " + repetition + ": " + found[0] + " s");
            return new Row(kind, Double.parseDouble(found[0]), Double.parseDouble(found[1]));
        }
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    void addTo(List<Table> tables, List<Map<String, Object>> rows, List<Target> targets) {
        Table table = new Table("in one process", "all registered s", "crash removed everywhere s");
        for (Row row : measured) {
            table.row(row.kind.label(), Numbers.of(row.readySeconds), Numbers.of(row.removedSeconds));
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("network", row.kind.label());
            figures.put("registeredSeconds", row.readySeconds);
            figures.put("removedSeconds", row.removedSeconds);
            rows.add(figures);
            targets.add(
                    Target.atMost(row.kind.label() + ": registered", row.readySeconds, row.kind.readySecondsMax, "s"));
            if (row.kind.peers == 100) {
                targets.add(Target.atMost(
                        row.kind.label() + ": removed, 2 times the detection time",
                        row.removedSeconds,
                        2 * DETECTION_SECONDS,
                        "s"));
            }
        }
        tables.add(table);
    }
}
