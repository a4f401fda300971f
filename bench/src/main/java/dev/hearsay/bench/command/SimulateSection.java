package dev.hearsay.bench.command;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.Child;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The section that runs {@code gossip simulate} with a million nodes and looks at it from outside. */
public final class SimulateSection {

    private static final int NODES = 1_000_000;
    private static final int NODES_QUICK = 100_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final double WALL_SECONDS_MAX = 12;
    private static final double PEAK_MEGABYTES_MAX = 2_000;

    private SimulateSection() {}

    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        int nodes = settings.quick() ? NODES_QUICK : NODES;
        List<String> arguments = List.of(
                "simulate",
                "--nodes",
                Integer.toString(nodes),
                "--topology",
                "random:8",
                "--spread",
                "flood",
                "--loss",
                "1%");
        String command = "./gossip " + String.join(" ", arguments);
        Gossip gossip = Gossip.of(settings, "simulate");
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try {
            gossip.build();
            for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
                Child.Ended ended = gossip.run("simulate-" + repetition, LIMIT, arguments.toArray(String[]::new));
                seconds.add(ended.wallNanos() / 1e9);
                megabytes.add(ended.peakBytes() / 1e6);
                settings.progress("  simulate, %d: %.1f s".formatted(repetition, ended.wallNanos() / 1e9));
            }
        } catch (FailedException e) {
            failures.add(e.getMessage());
        }
        return findings(settings, nodes, command, seconds, megabytes, failures);
    }

    private static Findings findings(
            BenchSettings settings,
            int nodes,
            String command,
            List<Double> seconds,
            List<Double> megabytes,
            List<String> failures) {
        Table table = new Table("nodes", "wall s", "peak resident MB")
                .row(
                        "%,d".formatted(nodes),
                        Numbers.of(Numbers.median(seconds)),
                        Numbers.of(Numbers.median(megabytes)));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("command", command);
        row.put("nodes", nodes);
        row.put("wallSeconds", seconds);
        row.put("peakResidentMegabytes", megabytes);
        // A smaller simulation shows that it runs; it reaches nothing.
        List<Target> targets = settings.quick()
                ? List.of()
                : List.of(
                        Target.atMost("wall time", Numbers.median(seconds), WALL_SECONDS_MAX, "s"),
                        Target.atMost("memory resident, at most", Numbers.median(megabytes), PEAK_MEGABYTES_MAX, "MB"));
        return new Findings("simulate", command, List.of(table), List.of(row), targets, List.of(), failures);
    }
}
