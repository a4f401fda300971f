package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.BenchSettings;
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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The section about the dashboard: how well one sees a large network, and what that costs it. */
public final class DashboardSection {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx3g");
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final double COST_PERCENT_MAX = 5;

    /** One of each in each round. */
    private final Map<Company, List<Turn>> turns = new EnumMap<>(Company.class);

    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private final List<Target> targets = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();

    private DashboardSection() {}

    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        int nodes = settings.quick() ? 200 : 1_000;
        DashboardSection section = new DashboardSection();
        List<String> failures = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        try {
            section.measure(settings, nodes);
            section.addFigures();
            tables.add(section.addCosts());
        } catch (FailedException e) {
            failures.add(e.getMessage());
        }
        return new Findings(
                "dashboard",
                Numbers.of(nodes) + " nodes in one process, 4 neighbours each, and the dashboard in another",
                tables,
                section.rows,
                section.targets,
                List.of(
                        "The page: 1440 × 900 in headless Chromium, which draws in software. Load: a message a second. The browser: all its processes.",
                        "To the picture: from the time of a signal to the end of the page's next drawing, with nothing travelling on it, as what travels is"
                                + " slowed down on purpose.",
                        "Cost: median over the rounds of what a round of messages, each into a network at rest, took with and without, in turns. CPU: of the network and the dashboard, not of the browser, which has the lowest priority there, as if it ran on another machine."
                                + " Of the wanted figures only the cost and the events have been promised."),
                failures);
    }

    private void measure(BenchSettings settings, int nodes) throws FailedException, IOException, InterruptedException {
        try (Scratch scratch = Scratch.make()) {
            Path results = scratch.path().resolve("results");
            List<String> work = settings.quick()
                    ? List.of("3", "10", "5")
                    : List.of(Integer.toString(3 * settings.repetitions()), "30", "10");
            List<String> arguments = new ArrayList<>(List.of(Integer.toString(nodes)));
            arguments.addAll(work);
            arguments.add(results.toString());
            List<String> flags = new ArrayList<>(FLAGS);
            // The driver of the browser unpacks itself, into what is gone afterwards.
            flags.add("-Dplaywright.driver.tmpdir=" + scratch.path());
            Path log = settings.logs("dashboard").resolve("trial.log");
            new Child(Jvm.command(flags, DashboardTrial.class, arguments), Map.of(), log, LIMIT).run();
            for (String line : Files.readAllLines(results)) {
                take(line.split(" ", -1));
            }
        }
    }

    private void take(String[] words) {
        if (words.length == 3) {
            turns.computeIfAbsent(Company.valueOf(words[0]), company -> new ArrayList<>())
                    .add(Turn.parse(words[1], words[2]));
        } else {
            figures.put(Figure.valueOf(words[0]), Double.valueOf(words[1]));
        }
    }

    private void addFigures() {
        for (Figure figure : Figure.values()) {
            double value = figures.getOrDefault(figure, Double.NaN);
            targets.add(figure.target(value));
            rows.add(Map.of("figure", figure.what(), "value", value));
        }
    }

    private Table addCosts() {
        Table table = new Table("", "p50 of a broadcast ms", "costs %", "CPU ms per broadcast", "costs %");
        for (Company company : Company.values()) {
            double p50Millis = median(company, Turn::p50Millis);
            double cpuMillis = median(company, Turn::cpuMillis);
            double latencyPercent = costPercent(company, Turn::p50Millis);
            double cpuPercent = costPercent(company, Turn::cpuMillis);
            table.row(
                    company.label(),
                    Numbers.of(p50Millis),
                    Numbers.of(latencyPercent),
                    Numbers.of(cpuMillis),
                    Numbers.of(cpuPercent));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("company", company.label());
            row.put("p50Millis", p50Millis);
            row.put("p50CostsPercent", latencyPercent);
            row.put("cpuMillis", cpuMillis);
            row.put("cpuCostsPercent", cpuPercent);
            rows.add(row);
            if (company != Company.ALONE) {
                targets.add(Target.atMost("cost to p50: " + company.label(), latencyPercent, COST_PERCENT_MAX, "%"));
            }
        }
        return table;
    }

    private double median(Company company, ToDoubleFunction<Turn> figure) {
        return Numbers.median(turns.getOrDefault(company, List.of()).stream()
                .map(figure::applyAsDouble)
                .toList());
    }

    /** How much more it is than without company in the same round, which had the same company on the machine. */
    private double costPercent(Company company, ToDoubleFunction<Turn> figure) {
        List<Turn> alone = turns.getOrDefault(Company.ALONE, List.of());
        List<Turn> watched = turns.getOrDefault(company, List.of());
        double ratio = Numbers.median(IntStream.range(0, alone.size())
                .mapToObj(round -> figure.applyAsDouble(watched.get(round)) / figure.applyAsDouble(alone.get(round)))
                .toList());
        return 100 * (ratio - 1);
    }
}
