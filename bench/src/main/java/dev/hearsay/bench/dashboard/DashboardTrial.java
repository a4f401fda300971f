package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.process.Broadcasts;
import dev.hearsay.bench.process.LoopbackNodes;
import dev.hearsay.bench.report.MachineInfo;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.browser.Chromium;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One network, all messages over sockets, its dashboard in another process, and one page of it. The main class of a JVM of its own:
 * {@code DashboardTrial NODES ROUNDS BROADCASTS SECONDS FILE}.
 */
public final class DashboardTrial {

    private static final int DEGREE = 4;
    /** A dashboard has just started then, and its code is not compiled yet. */
    private static final int WARM_UP = 25;
    /** Between messages, so that each finds the network at rest. */
    private static final long PAUSE_MILLIS = 250;

    private static final long SETTLING_SECONDS = 5;

    private final int nodes;
    private final Host host;
    private final Broadcasts broadcasts;
    private final List<String> lines = new ArrayList<>();

    private DashboardTrial(int nodes, Host host) {
        this.nodes = nodes;
        this.host = host;
        this.broadcasts = new Broadcasts(host);
    }

    public static void main(String[] args) throws Exception {
        int nodes = Integer.parseInt(args[0]);
        try (Host host = Host.start(HostOptions.inMemory(LoopbackNodes.of(nodes, DEGREE)))) {
            DashboardTrial trial = new DashboardTrial(nodes, host);
            try (Chromium elsewhere = Chromium.launch()) {
                OpenPage.giveWay();
                trial.compare(elsewhere, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            }
            try (Chromium chromium = Chromium.launch()) {
                trial.look(chromium, Integer.parseInt(args[3]));
            }
            trial.fill();
            Files.write(Path.of(args[4]), trial.lines);
        }
    }

    // --- What it costs ----------------------------------------------------------------------------------------------

    /** In turns, forwards and backwards, so that whatever else the machine does falls on all; the first round does not count. */
    private void compare(Chromium chromium, int rounds, int count) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            List<Company> turns = Arrays.asList(Company.values());
            for (Company company : round % 2 == 0 ? turns : turns.reversed()) {
                Turn turn = turn(chromium, company, count);
                if (round > 0) {
                    lines.add(company + " " + turn);
                }
            }
        }
    }

    private Turn turn(Chromium chromium, Company company, int count) throws Exception {
        if (company == Company.ALONE) {
            return turn(count, () -> 0);
        }
        try (WatchingProcess dashboard = dashboard()) {
            if (company == Company.DASHBOARD) {
                return turn(count, dashboard::cpuNanos);
            }
            try (OpenPage _ = new OpenPage(chromium, dashboard.listener(), nodes, false)) {
                return turn(count, dashboard::cpuNanos);
            }
        }
    }

    private Turn turn(int count, LongSupplier dashboardNanos) throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        long cpuNanos = 0;
        for (int i = -WARM_UP; i < count; i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            if (i == 0) {
                cpuNanos = MachineInfo.cpuNanosOfThisProcess() + dashboardNanos.getAsLong();
            }
            long nanos = broadcasts.nanosOf(i + WARM_UP, 1);
            if (i >= 0) {
                millis.add(nanos / 1e6);
            }
        }
        // Duplicates, and what the dashboard makes of the last one.
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        cpuNanos = MachineInfo.cpuNanosOfThisProcess() + dashboardNanos.getAsLong() - cpuNanos;
        return new Turn(Numbers.median(millis), cpuNanos / 1e6 / count);
    }

    /** One that has found all nodes. */
    private WatchingProcess dashboard() throws Exception {
        return new WatchingProcess(host.nodes().getFirst().address(), nodes);
    }

    // --- What is seen -----------------------------------------------------------------------------------------------

    private void look(Chromium chromium, int seconds) throws Exception {
        try (WatchingProcess dashboard = dashboard()) {
            try (OpenPage page = new OpenPage(chromium, dashboard.listener(), nodes, false)) {
                TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
                add(Figure.IDLE_CPU, cpuPercent(() -> TimeUnit.SECONDS.sleep(seconds)));
                try (Load _ = new Load(broadcasts)) {
                    List<Double> frames = new ArrayList<>();
                    add(Figure.LOADED_CPU, cpuPercent(() -> frames.addAll(page.frames(seconds))));
                    add(Figure.FRAMES_MEDIAN, Numbers.median(frames));
                    add(
                            Figure.FRAMES_LOWEST,
                            frames.stream().min(Double::compare).orElse(Double.NaN));
                }
            }
            measureDelay(chromium, dashboard, seconds);
            measureStream(dashboard, seconds);
        }
    }

    private void measureDelay(Chromium chromium, WatchingProcess dashboard, int seconds) throws InterruptedException {
        try (OpenPage page = new OpenPage(chromium, dashboard.listener(), nodes, true);
                Load _ = new Load(broadcasts)) {
            TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
            page.drawnMillis();
            TimeUnit.SECONDS.sleep(seconds);
            List<Double> millis = page.drawnMillis().stream().sorted().toList();
            add(Figure.PIXEL_MEDIAN, Numbers.median(millis));
            add(Figure.PIXEL_P95, millis.isEmpty() ? Double.NaN : millis.get((int) (millis.size() * 0.95)));
        }
    }

    private void measureStream(WatchingProcess dashboard, int seconds) throws Exception {
        try (StreamReader stream = new StreamReader(dashboard.listener())) {
            TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
            add(Figure.IDLE_BYTES, bytesPerSecond(stream, seconds));
            try (Load _ = new Load(broadcasts)) {
                add(Figure.LOADED_BYTES, bytesPerSecond(stream, seconds));
            }
        }
    }

    private void fill() throws Exception {
        try (WatchingProcess dashboard = dashboard();
                KeptEvents events = new KeptEvents(dashboard.listener(), nodes)) {
            add(Figure.KEPT, (double) events.fill(broadcasts));
            add(Figure.LOST, (double) events.lost());
        }
    }

    private static double bytesPerSecond(StreamReader stream, int seconds) throws InterruptedException {
        long before = stream.bytes();
        TimeUnit.SECONDS.sleep(seconds);
        return (stream.bytes() - before) / (double) seconds;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** Of one core, while the work is done. */
    private static double cpuPercent(Work work) throws InterruptedException {
        long startedNanos = System.nanoTime();
        long before = OpenPage.cpuTime().toNanos();
        work.run();
        return 100.0 * (OpenPage.cpuTime().toNanos() - before) / (System.nanoTime() - startedNanos);
    }

    private void add(Figure figure, double value) {
        lines.add(figure + " " + value);
    }
}
