package dev.hearsay.bench.metrics;

import dev.hearsay.bench.metrics.CountedNetwork.Round;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a network with metrics and one without, round by round in turns, so that whatever else the machine does falls on both; then idle networks. The main
 * class of a JVM of its own: {@code MetricsTrial ROUNDS BROADCASTS BURST IDLE_SECONDS FOLDER}.
 */
public final class MetricsTrial {

    static final String WITH = "with";
    static final String WITHOUT = "without";
    static final String IDLE = "idle";
    static final String RESULTS = "results";

    private static final int[] IDLE_SIZES = {16, 100};

    private final List<String> lines = new ArrayList<>();

    private MetricsTrial() {}

    public static void main(String[] args) throws Exception {
        MetricsTrial trial = new MetricsTrial();
        trial.measureCost(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        for (int nodes : IDLE_SIZES) {
            double bytes = IdleNetwork.bytesPerNodeAndSecond(nodes, Long.parseLong(args[3]));
            trial.lines.add(String.join(" ", IDLE, Integer.toString(nodes), Double.toString(bytes)));
        }
        Files.write(Path.of(args[4]).resolve(RESULTS), trial.lines);
    }

    private void measureCost(int rounds, int broadcasts, int burst) throws Exception {
        try (CountedNetwork counting = new CountedNetwork(true);
                CountedNetwork plain = new CountedNetwork(false)) {
            for (int round = -rounds; round < rounds; round++) {
                boolean isFirst = round % 2 == 0;
                Round one = (isFirst ? counting : plain).round(broadcasts, burst);
                Round other = (isFirst ? plain : counting).round(broadcasts, burst);
                if (round >= 0) {
                    lines.add(WITH + " " + (isFirst ? one : other));
                    lines.add(WITHOUT + " " + (isFirst ? other : one));
                }
            }
        }
    }
}
