package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.Settings;
import dev.hearsay.bench.dashboard.DashboardTrial.Company;
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

/** The section about the dashboard: how well one sees a large network, and what that costs it. */
public final class DashboardSection {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx3g");
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final double COST_PERCENT_MAX = 5;

    /** Latencies of one round, in the order of {@link Company}. */
    private final List<double[]> rounds = new ArrayList<>();

    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private final List<Target> targets = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();

    private DashboardSection() {}

    public static Findings run(Settings settings) throws IOException, InterruptedException {
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
                Numbers.of(nodes) + " nodes in one process, 4 neighbours each, and the dashboard in the same process",
                tables,
                section.rows,
                section.targets,
                List.of(
                        "The page: 1440 × 900 in headless Chromium, which draws in software. Load: a message a second. The browser: all its processes.",
                        "To the picture: from the time of a signal to the end of the page's next drawing, with nothing travelling on it, as what travels is"
                                + " slowed down on purpose.",
                        "Cost: median over the rounds of what a round of messages, each into a network at rest, took with and without, in turns."
                                + " Of the wanted figures only the cost has been promised."),
                failures);
    }

    private void measure(Settings settings, int nodes) throws FailedException, IOException, InterruptedException {
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
        if (words[0].equals("ROUND")) {
            rounds.add(new double[] {
                Double.parseDouble(words[1]), Double.parseDouble(words[2]), Double.parseDouble(words[3])
            });
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
        Table table = new Table("", "p50 of a broadcast ms", "costs %");
        for (Company company : Company.values()) {
            double millis = median(company, false);
            double percent = 100 * (median(company, true) - 1);
            String name = switch (company) {
                case ALONE -> "no dashboard";
                case DASHBOARD -> "dashboard";
                case PAGE -> "dashboard and page";
            };
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("company", name);
            row.put("p50Millis", millis);
            row.put("costsPercent", percent);
            rows.add(row);
            if (company == Company.ALONE) {
                table.row(name, Numbers.of(millis));
            } else {
                table.row(name, Numbers.of(millis), Numbers.of(percent));
                targets.add(Target.atMost("cost to p50: " + name, percent, COST_PERCENT_MAX, "%"));
            }
        }
        return table;
    }

    /** Of all rounds: the latency, or what it is of that without company in the same round. */
    private double median(Company company, boolean isRatio) {
        return Numbers.median(rounds.stream()
                .map(round -> round[company.ordinal()] / (isRatio ? round[0] : 1))
                .toList());
    }
}
