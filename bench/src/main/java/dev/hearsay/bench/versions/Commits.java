package dev.hearsay.bench.versions;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.Child;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.process.Jvm;
import dev.hearsay.bench.process.Scratch;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.sim.Measure;
import dev.hearsay.sim.RunMeasures;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The section about versions: from the last delivery until every node knows that all have it, over sockets and in the simulator. */
public final class Commits {

    private static final String TITLE = "Versions: from the last delivery until all nodes know that everybody has it";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx2g");
    private static final int[] SIZES = {16, 100, 1_000};

    private Commits() {}

    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        Table table =
                new Table("nodes, 4 neighbours", "to the last delivery ms", "to the last commit ms", "simulated ms");
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (int nodes : SIZES) {
            double[] live = {Double.NaN, Double.NaN};
            try {
                live = live(settings, nodes);
            } catch (FailedException e) {
                failures.add(nodes + " nodes " + e.getMessage());
            }
            double simulated = simulated(settings, nodes);
            table.row(Integer.toString(nodes), Numbers.of(live[1]), Numbers.of(live[0]), Numbers.of(simulated));
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("nodes", nodes);
            figures.put("deliveryMillis", live[1]);
            figures.put("commitMillis", live[0]);
            figures.put("simulatedCommitMillis", simulated);
            rows.add(figures);
            settings.progress("  " + nodes + " nodes: " + Numbers.of(live[0]) + " ms");
        }
        return new Findings(
                "versions",
                TITLE,
                List.of(table),
                rows,
                List.of(),
                List.of(
                        "Over sockets in one process, in memory, medians; the second number is counted from the last delivery on."
                                + " Simulated: 5 ms a link, no loss."),
                failures);
    }

    private static double[] live(BenchSettings settings, int nodes)
            throws IOException, InterruptedException, FailedException {
        try (Scratch scratch = Scratch.make()) {
            Path result = scratch.path().resolve("result");
            int versions = settings.quick() ? 3 : 15;
            List<String> arguments = List.of(Integer.toString(nodes), Integer.toString(versions), result.toString());
            Path log = settings.logs("versions").resolve(nodes + ".log");
            new Child(Jvm.command(FLAGS, CommitTrial.class, arguments), Map.of(), log, LIMIT).run();
            String[] found = Files.readString(result).split(" ", -1);
            return new double[] {Double.parseDouble(found[0]), Double.parseDouble(found[1])};
        }
    }

    private static double simulated(BenchSettings settings, int nodes) {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", nodes)
                .set("topology", "random:4")
                .set("publish", "versions")
                .set("rumors", settings.quick() ? 2 : 5)
                .set("every", "3s")
                .set("latency", "5ms")
                .build();
        RunMeasures measures = Simulation.of(spec).run();
        return measures.value(Measure.COMMIT);
    }
}
