package dev.hearsay.bench.command;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.Child;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.process.PortPicker;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The section that starts a network, asks it something again and again, and stops it, each time with the command itself. */
public final class Cli {

    private static final int NODES = 16;
    private static final int CALLS = 20;
    private static final int CALLS_QUICK = 5;
    private static final String NETWORK = "bench";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final double LIST_PEERS_MILLIS_MAX = 300;

    private final Gossip gossip;
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();
    private volatile boolean isUp;

    private Cli(Gossip gossip) {
        this.gossip = gossip;
    }

    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        Cli cli = new Cli(Gossip.of(settings, "cli"));
        List<String> failures = new ArrayList<>();
        try {
            cli.gossip.build();
            cli.measure(settings);
        } catch (FailedException e) {
            failures.add(e.getMessage());
        }
        return cli.findings(failures);
    }

    private void measure(BenchSettings settings) throws FailedException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopIfInterrupted));
        for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
            // Node i is on base port + i.
            String basePort = Integer.toString(PortPicker.freeRange(NODES + 1));
            isUp = true;
            call("start-network", "--num-nodes", Integer.toString(NODES), "--base-port", basePort, "--fresh");
            try {
                for (int i = 0; i < (settings.quick() ? CALLS_QUICK : CALLS); i++) {
                    call("list-peers", "5");
                }
            } finally {
                call("stop-network");
                isUp = false;
            }
            settings.progress("  start, ask, stop, " + repetition);
        }
    }

    /** Whoever interrupts the benchmark shall not have to stop its network too. */
    private void stopIfInterrupted() {
        if (isUp) {
            try {
                gossip.run("stop-network", LIMIT, "stop-network", "--network", NETWORK);
            } catch (FailedException e) {
                System.err.println(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void call(String command, String... arguments) throws FailedException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--network", NETWORK));
        Child.Ended ended = gossip.run(command, LIMIT, line.toArray(String[]::new));
        millis.computeIfAbsent(command, c -> new ArrayList<>()).add(ended.wallMillis());
    }

    private Findings findings(List<String> failures) {
        Table table = new Table("command", "median ms", "fastest", "slowest", "calls");
        List<Map<String, Object>> rows = new ArrayList<>();
        millis.forEach((command, all) -> {
            table.row(
                    command,
                    Numbers.of(Numbers.median(all)),
                    Numbers.of(Collections.min(all)),
                    Numbers.of(Collections.max(all)),
                    Integer.toString(all.size()));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("command", command);
            row.put("wallMillis", all);
            rows.add(row);
        });
        double listPeers = Numbers.median(millis.getOrDefault("list-peers", List.of()));
        return new Findings(
                "cli",
                "Wall time of commands, start-up included, on a durable network of " + NODES + " nodes",
                List.of(table),
                rows,
                List.of(Target.atMost("list-peers 5", listPeers, LIST_PEERS_MILLIS_MAX, "ms")),
                List.of(),
                failures);
    }
}
