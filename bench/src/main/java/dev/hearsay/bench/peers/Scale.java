package dev.hearsay.bench.peers;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The section that runs a thousand Hearsay nodes in one process, in memory. */
public final class Scale {

    private static final int NODES = 1_000;
    /** Those that the launcher gives to a process of nodes. */
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    private static final double READY_MILLIS_MAX = 10_000;
    private static final double P50_MILLIS_MAX = 150;
    private static final double RESIDENT_MEGABYTES_MAX = 1_500;

    private Scale() {}

    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        Workload work = settings.quick() ? new Workload(NODES, 0, 5, 0, 0) : new Workload(NODES, 10_000, 100, 0, 0);
        Trials trials = new Trials(settings, "scale", FLAGS);
        Figures found = new Figures();
        List<String> failures = new ArrayList<>();
        for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
            try {
                trials.run(Rival.HEARSAY, work, repetition, found);
            } catch (FailedException e) {
                failures.add(e.getMessage());
            }
        }
        Table table = new Table("nodes", "ready ms", "first ms", "cold p50 ms", "p50 ms", "p99 ms", "resident MB")
                .row(
                        Integer.toString(NODES),
                        found.cell(PeerMeasure.READY_MILLIS),
                        found.cell(PeerMeasure.FIRST_BROADCAST_MILLIS),
                        found.cell(PeerMeasure.COLD_P50_MILLIS),
                        found.cell(PeerMeasure.P50_MILLIS),
                        found.cell(PeerMeasure.P99_MILLIS),
                        found.cell(PeerMeasure.RESIDENT_MEGABYTES));
        return new Findings(
                "scale",
                "1,000 nodes of Hearsay in one process, in memory, random:3",
                List.of(table),
                List.of(found.toRow(Rival.HEARSAY.label(), NODES)),
                List.of(
                        Target.atMost("ready", found.median(PeerMeasure.READY_MILLIS), READY_MILLIS_MAX, "ms"),
                        Target.atMost("p50 of a broadcast", found.median(PeerMeasure.P50_MILLIS), P50_MILLIS_MAX, "ms"),
                        Target.atMost(
                                "memory resident, at most",
                                found.median(PeerMeasure.RESIDENT_MEGABYTES),
                                RESIDENT_MEGABYTES_MAX,
                                "MB")),
                List.of(),
                failures);
    }
}
