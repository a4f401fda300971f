package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.process.Broadcasts;
import dev.hearsay.bench.process.LoopbackNodes;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.browser.Chromium;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One network, all messages over sockets, its dashboard in the same process, and one page of it. The main class of a JVM of its own:
 * {@code DashboardTrial NODES ROUNDS BROADCASTS SECONDS FILE}.
 */
public final class DashboardTrial {

    /** In what company messages are sent. */
    enum Company {
        ALONE,
        DASHBOARD,
        PAGE
    }

    private static final int DEGREE = 4;
    private static final int WARM_UP = 5;
    /** Between messages, so that each finds the network at rest. */
    private static final long PAUSE_MILLIS = 250;

    private static final long SETTLING_SECONDS = 5;
    private static final long ALL_SEEN_SECONDS_MAX = 120;
    private static final Pattern LIVE = Pattern.compile("\"state\":\"live\"");

    private final int nodes;
    private final Host host;
    private final Chromium chromium;
    private final Broadcasts broadcasts;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> lines = new ArrayList<>();

    private DashboardTrial(int nodes, Host host, Chromium chromium) {
        this.nodes = nodes;
        this.host = host;
        this.chromium = chromium;
        this.broadcasts = new Broadcasts(host);
    }

    public static void main(String[] args) throws Exception {
        int nodes = Integer.parseInt(args[0]);
        try (Host host = Host.start(HostOptions.inMemory(LoopbackNodes.of(nodes, DEGREE)));
                Chromium chromium = Chromium.launch()) {
            DashboardTrial trial = new DashboardTrial(nodes, host, chromium);
            trial.compare(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            trial.look(Long.parseLong(args[3]));
            Files.write(Path.of(args[4]), trial.lines);
        }
        // The client's threads would keep it for a while.
        System.exit(0);
    }

    // --- What it costs ----------------------------------------------------------------------------------------------

    /** In turns, forwards and backwards, so that whatever else the machine does falls on all; the first round does not count. */
    private void compare(int rounds, int count) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            List<Company> turns = Arrays.asList(Company.values());
            double[] millis = new double[turns.size()];
            for (Company company : round % 2 == 0 ? turns : turns.reversed()) {
                millis[company.ordinal()] = p50Millis(company, count);
            }
            if (round > 0) {
                lines.add("ROUND " + millis[0] + " " + millis[1] + " " + millis[2]);
            }
        }
    }

    private double p50Millis(Company company, int count) throws Exception {
        if (company == Company.ALONE) {
            return p50Millis(count);
        }
        try (Dashboard dashboard = dashboard()) {
            if (company == Company.DASHBOARD) {
                return p50Millis(count);
            }
            try (OpenPage page = new OpenPage(chromium, dashboard.listener(), nodes, false)) {
                return p50Millis(count);
            }
        }
    }

    private double p50Millis(int count) throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = -WARM_UP; i < count; i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            long nanos = broadcasts.nanosOf(i + WARM_UP, 1);
            if (i >= 0) {
                millis.add(nanos / 1e6);
            }
        }
        return Numbers.median(millis);
    }

    /** One that has found all nodes. */
    private Dashboard dashboard() throws Exception {
        List<NodeId> first = List.of(host.nodes().getFirst().address());
        Dashboard dashboard =
                Dashboard.start(new DashboardOptions("bench", first, new NodeId("127.0.0.1", 0), true, null));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + dashboard.listener() + "/api/network"))
                .build();
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(ALL_SEEN_SECONDS_MAX);
        while (LIVE.matcher(client.send(request, BodyHandlers.ofString()).body())
                        .results()
                        .count()
                < nodes) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException(
                        "the dashboard has not found all nodes after " + ALL_SEEN_SECONDS_MAX + " s");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return dashboard;
    }

    // --- What is seen -----------------------------------------------------------------------------------------------

    private void look(long seconds) throws Exception {
        try (Dashboard dashboard = dashboard()) {
            try (OpenPage page = new OpenPage(chromium, dashboard.listener(), nodes, false)) {
                TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
                add(Figure.IDLE_CPU, cpuPercent(() -> TimeUnit.SECONDS.sleep(seconds)));
                try (Load load = new Load(broadcasts)) {
                    List<Double> frames = new ArrayList<>();
                    add(Figure.LOADED_CPU, cpuPercent(() -> frames.addAll(page.frames(seconds))));
                    add(Figure.FRAMES_MEDIAN, Numbers.median(frames));
                    add(
                            Figure.FRAMES_LOWEST,
                            frames.stream().min(Double::compare).orElse(Double.NaN));
                }
            }
            measureDelay(dashboard, seconds);
            measureStream(dashboard, seconds);
        }
    }

    private void measureDelay(Dashboard dashboard, long seconds) throws InterruptedException {
        try (OpenPage page = new OpenPage(chromium, dashboard.listener(), nodes, true);
                Load load = new Load(broadcasts)) {
            TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
            page.drawnMillis();
            TimeUnit.SECONDS.sleep(seconds);
            List<Double> millis = page.drawnMillis().stream().sorted().toList();
            add(Figure.PIXEL_MEDIAN, Numbers.median(millis));
            add(Figure.PIXEL_P95, millis.isEmpty() ? Double.NaN : millis.get((int) (millis.size() * 0.95)));
        }
    }

    private void measureStream(Dashboard dashboard, long seconds) throws Exception {
        try (StreamReader stream = new StreamReader(dashboard.listener())) {
            TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
            add(Figure.IDLE_BYTES, bytesPerSecond(stream, seconds));
            try (Load load = new Load(broadcasts)) {
                add(Figure.LOADED_BYTES, bytesPerSecond(stream, seconds));
            }
        }
    }

    private static double bytesPerSecond(StreamReader stream, long seconds) throws InterruptedException {
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
