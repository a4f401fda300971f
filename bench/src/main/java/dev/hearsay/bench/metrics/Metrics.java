package dev.hearsay.bench.metrics;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.metrics.CountedNetwork.Round;
import dev.hearsay.bench.process.Child;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.process.Jvm;
import dev.hearsay.bench.process.Scratch;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The section about what counting costs. */
public final class Metrics {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx2g");
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final double COST_PERCENT_MAX = 3;
    private static final double MEMBERLIST_BYTES = 500;

    private final BenchSettings settings;
    private final List<Round> on = new ArrayList<>();
    private final List<Round> off = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    private Metrics(BenchSettings settings) {
        this.settings = settings;
    }

    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        Metrics metrics = new Metrics(settings);
        List<String> failures = new ArrayList<>();
        try {
            metrics.measure();
        } catch (FailedException e) {
            failures.add("the trial " + e.getMessage());
        }
        return new Findings(
                "metrics",
                "What counting costs: 16 nodes on loopback, in memory, with metrics and without",
                metrics.tables,
                metrics.rows,
                metrics.targets,
                List.of(
                        "Both networks run in one JVM and take turns; medians of " + metrics.on.size()
                                + " rounds each, after as many to warm up; the cost is the median of what each pair of rounds shows. CPU: processor time per delivery of the burst.",
                        "Idle: heads of HTTP included; memberlist publishes 0.5 kB/s for itself."),
                failures);
    }

    private void measure() throws FailedException, IOException, InterruptedException {
        List<String> arguments = settings.quick()
                ? List.of("3", "50", "200", "3")
                : List.of(Integer.toString(15 * settings.repetitions()), "200", "2000", "30");
        Table idle = new Table("nodes", "bytes/s per node, idle", "memberlist");
        try (Scratch scratch = Scratch.make()) {
            List<String> command = new ArrayList<>(arguments);
            command.add(scratch.path().toString());
            Path log = settings.logs("metrics").resolve("trial.log");
            new Child(Jvm.command(FLAGS, MetricsTrial.class, command), Map.of(), log, LIMIT).run();
            for (String line : Files.readAllLines(scratch.path().resolve(MetricsTrial.RESULTS))) {
                int space = line.indexOf(' ');
                String rest = line.substring(space + 1);
                switch (line.substring(0, space)) {
                    case MetricsTrial.WITH -> on.add(Round.parse(rest));
                    case MetricsTrial.WITHOUT -> off.add(Round.parse(rest));
                    default -> addIdle(idle, rest);
                }
            }
        }
        addCost();
        tables.add(idle);
    }

    private void addIdle(Table table, String line) {
        String nodes = line.substring(0, line.indexOf(' '));
        double bytes = Double.parseDouble(line.substring(line.indexOf(' ') + 1));
        table.row(nodes, Numbers.of(bytes), Numbers.of(MEMBERLIST_BYTES));
        rows.add(Map.of("nodes", Integer.valueOf(nodes), "idleBytesPerNodeAndSecond", bytes));
    }

    private void addCost() {
        Table table = new Table("", "with", "without", "costs %");
        addRow(table, "p50 ms", Round::p50Millis, 1);
        addRow(table, "p99 ms", Round::p99Millis, 1);
        addRow(table, "burst deliveries/s", Round::deliveriesPerSecond, -1);
        addRow(table, "CPU µs per delivery", Round::cpuMicrosPerDelivery, 1);
        tables.add(table);
    }

    /** One figure; the sign tells which way is the worse. */
    private void addRow(Table table, String name, ToDoubleFunction<Round> figure, int sign) {
        double with = Numbers.median(on.stream().map(figure::applyAsDouble).toList());
        double without = Numbers.median(off.stream().map(figure::applyAsDouble).toList());
        // Of neighbouring rounds, which had the same company on the machine.
        double ratio = Numbers.median(IntStream.range(0, on.size())
                .mapToDouble(round -> figure.applyAsDouble(on.get(round)) / figure.applyAsDouble(off.get(round)))
                .boxed()
                .toList());
        double percent = sign * 100 * (ratio - 1);
        table.row(name, Numbers.of(with), Numbers.of(without), Numbers.of(percent));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("figure", name);
        row.put("with", with);
        row.put("without", without);
        row.put("costsPercent", percent);
        rows.add(row);
        if (!name.startsWith("p99")) {
            targets.add(Target.atMost("cost to " + name, percent, COST_PERCENT_MAX, "%"));
        }
    }
}
