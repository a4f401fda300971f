package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.process.Jvm;
import dev.hearsay.core.NodeId;
import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A dashboard in a process of its own, as {@code gossip dashboard} is; it ends with the one that started it, too. */
final class WatchingProcess implements AutoCloseable {

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx1g");
    private static final long ALL_SEEN_SECONDS_MAX = 120;
    private static final long LOOK_MILLIS = 500;
    private static final Pattern LIVE = Pattern.compile("\"state\":\"live\"");

    private final Process process;
    private final NodeId listener;

    /** What runs in it; public for the JVM alone. */
    public static final class Inside {

        private Inside() {}

        /** Argument: a node. Says where it listens, and ends when nobody can write to it any more. */
        public static void main(String[] args) throws Exception {
            var options = new DashboardOptions(
                    "bench", List.of(NodeId.parse(args[0])), new NodeId("127.0.0.1", 0), true, null);
            try (Dashboard dashboard = Dashboard.start(options)) {
                System.out.println(dashboard.listener());
                System.in.transferTo(System.out);
            }
        }
    }

    /** Starts one that is told of a node, and waits until it has found so many. */
    WatchingProcess(NodeId node, int nodes) throws IOException, InterruptedException {
        process = new ProcessBuilder(Jvm.command(FLAGS, Inside.class, List.of(node.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IOException("the dashboard did not start");
        }
        listener = NodeId.parse(line);
        awaitAll(nodes);
    }

    private void awaitAll(int nodes) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + listener + "/api/network"))
                .build();
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(ALL_SEEN_SECONDS_MAX);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (LIVE.matcher(client.send(request, BodyHandlers.ofString()).body())
                            .results()
                            .count()
                    < nodes) {
                if (System.nanoTime() > deadlineNanos) {
                    close();
                    throw new IOException("the dashboard has not found all nodes after " + ALL_SEEN_SECONDS_MAX + " s");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    NodeId listener() {
        return listener;
    }

    /** Processor time that it has used so far. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
