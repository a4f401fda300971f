package dev.hearsay.bench.peers;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.MachineInfo;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The section that puts Hearsay beside ScaleCube and JGroups. */
public final class Peers {

    private static final List<Integer> SIZES = List.of(16, 50);
    /** The same for all: what the JDK takes by itself, with room enough for the hungriest. */
    private static final List<String> FLAGS = List.of("-Xmx4g");

    private static final double P50_OF_JGROUPS_MAX = 2;
    private static final double P50_OF_SCALECUBE_MAX = 1.0 / 50;

    private final BenchSettings settings;
    private final Map<Case, Figures> figures = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** A system in a size. */
    private record Case(int nodes, Rival rival) {}

    private Peers(BenchSettings settings) {
        this.settings = settings;
    }

    /** Measures every system in every size, and holds them side by side. */
    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        Peers peers = new Peers(settings);
        peers.measure();
        return peers.findings();
    }

    private Workload work(int nodes) {
        return settings.quick()
                ? new Workload(nodes, 500, 20, 1_000, 10_000)
                : new Workload(nodes, 10_000, 200, 20_000, 30_000);
    }

    /** In another order each time, so that nobody always comes after the one that heats the machine most. */
    private void measure() throws IOException, InterruptedException {
        double loadBefore = MachineInfo.load();
        Trials trials = new Trials(settings, "peers", FLAGS);
        List<Rival> order = new ArrayList<>(Arrays.asList(Rival.values()));
        for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
            for (int nodes : SIZES) {
                for (Rival rival : order) {
                    try {
                        trials.run(rival, work(nodes), repetition, of(nodes, rival));
                    } catch (FailedException e) {
                        failures.add(e.getMessage());
                    }
                }
            }
            Collections.rotate(order, -1);
        }
        notes.add("Times in milliseconds, medians of " + settings.repetitions() + " trials, each in a JVM of its own."
                + " Ready: all nodes know each other, or have their links. First: one broadcast more."
                + " Cold: half of the first 20 broadcasts. p50, p99: after warming up."
                + " CPU: processor time per delivery of the burst, which other programs do not change.");
        notes.add("Load of the machine " + Numbers.of(loadBefore) + " before, " + Numbers.of(MachineInfo.load())
                + " after.");
    }

    private Figures of(int nodes, Rival rival) {
        return figures.computeIfAbsent(new Case(nodes, rival), c -> new Figures());
    }

    private Findings findings() {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (int nodes : SIZES) {
            for (Rival rival : Rival.values()) {
                rows.add(of(nodes, rival).toRow(rival.label(), nodes));
            }
            targets.addAll(targets(nodes));
        }
        return new Findings(
                "peers",
                "Hearsay beside ScaleCube and JGroups, all nodes of one system in one JVM, on loopback",
                List.of(measured(), ratios()),
                rows,
                targets,
                notes,
                failures);
    }

    private Table measured() {
        Table table = new Table(
                "nodes",
                "system",
                "ready",
                "first",
                "cold p50",
                "p50",
                "p99",
                "burst deliveries/s",
                "missing %",
                "CPU µs",
                "MB");
        for (int nodes : SIZES) {
            for (Rival rival : Rival.values()) {
                Figures found = of(nodes, rival);
                table.row(
                        Integer.toString(nodes),
                        rival.label(),
                        found.cell(PeerMeasure.READY_MILLIS),
                        found.cell(PeerMeasure.FIRST_BROADCAST_MILLIS),
                        found.cell(PeerMeasure.COLD_P50_MILLIS),
                        found.cell(PeerMeasure.P50_MILLIS),
                        found.cell(PeerMeasure.P99_MILLIS),
                        found.cell(PeerMeasure.BURST_PER_SECOND),
                        found.cell(PeerMeasure.BURST_MISSING_PERCENT),
                        found.cell(PeerMeasure.BURST_CPU_MICROS),
                        found.cell(PeerMeasure.RESIDENT_MEGABYTES));
            }
        }
        return table;
    }

    /** How many times as fast Hearsay is. */
    private Table ratios() {
        Table table = new Table("nodes", "times as fast as", "", "ready", "first", "cold p50", "p50", "p99", "burst");
        for (int nodes : SIZES) {
            for (Rival ours : List.of(Rival.HEARSAY, Rival.HEARSAY_DURABLE)) {
                for (Rival theirs : List.of(Rival.SCALECUBE, Rival.JGROUPS)) {
                    Figures a = of(nodes, ours);
                    Figures b = of(nodes, theirs);
                    table.row(
                            Integer.toString(nodes),
                            theirs.label(),
                            ours.label(),
                            ratio(b, a, PeerMeasure.READY_MILLIS),
                            ratio(b, a, PeerMeasure.FIRST_BROADCAST_MILLIS),
                            ratio(b, a, PeerMeasure.COLD_P50_MILLIS),
                            ratio(b, a, PeerMeasure.P50_MILLIS),
                            ratio(b, a, PeerMeasure.P99_MILLIS),
                            ratio(a, b, PeerMeasure.BURST_PER_SECOND));
                }
            }
        }
        return table;
    }

    private static String ratio(Figures above, Figures below, PeerMeasure measure) {
        return Numbers.of(above.median(measure) / below.median(measure));
    }

    private List<Target> targets(int nodes) {
        Figures ours = of(nodes, Rival.HEARSAY);
        Figures scaleCube = of(nodes, Rival.SCALECUBE);
        Figures jGroups = of(nodes, Rival.JGROUPS);
        double ready = ours.median(PeerMeasure.READY_MILLIS);
        double p50 = ours.median(PeerMeasure.P50_MILLIS);
        return List.of(
                Target.atMost(
                        nodes + " nodes: ready sooner than ScaleCube",
                        ready,
                        scaleCube.median(PeerMeasure.READY_MILLIS),
                        "ms"),
                Target.atMost(
                        nodes + " nodes: ready sooner than JGroups",
                        ready,
                        jGroups.median(PeerMeasure.READY_MILLIS),
                        "ms"),
                Target.atMost(
                        nodes + " nodes: p50 50 times below ScaleCube",
                        p50,
                        P50_OF_SCALECUBE_MAX * scaleCube.median(PeerMeasure.P50_MILLIS),
                        "ms"),
                Target.atMost(
                        nodes + " nodes: p50 within twice that of JGroups",
                        p50,
                        P50_OF_JGROUPS_MAX * jGroups.median(PeerMeasure.P50_MILLIS),
                        "ms"),
                Target.atMost(
                        nodes + " nodes: cold p50 within twice that of JGroups",
                        ours.median(PeerMeasure.COLD_P50_MILLIS),
                        P50_OF_JGROUPS_MAX * jGroups.median(PeerMeasure.COLD_P50_MILLIS),
                        "ms"),
                Target.atLeast(
                        nodes + " nodes: burst above JGroups",
                        ours.median(PeerMeasure.BURST_PER_SECOND),
                        jGroups.median(PeerMeasure.BURST_PER_SECOND),
                        "deliveries/s"));
    }
}
