package dev.hearsay.bench.versions;

import dev.hearsay.bench.process.LoopbackNodes;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One network in this JVM, all messages over sockets: versions put in one after the other, and when all nodes know of each that it is committed. */
public final class CommitTrial {

    private static final int DEGREE = 4;
    private static final int WARM_UP = 3;
    private static final int SECONDS_MAX = 60;
    private static final long PAUSE_MILLIS = 300;

    private CommitTrial() {}

    /** Arguments: nodes, versions, the file for the result: median milliseconds from the last delivery to the last commit, and to the last delivery. */
    public static void main(String[] arguments) throws Exception {
        int nodes = Integer.parseInt(arguments[0]);
        int versions = Integer.parseInt(arguments[1]);
        double[] commits = new double[versions];
        double[] deliveries = new double[versions];
        try (Host host = Host.start(
                        HostOptions.inMemory(LoopbackNodes.of(nodes, DEGREE)).withVersions());
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 1 - WARM_UP; i <= versions; i++) {
                double[] millis = commit(host, client, i + WARM_UP);
                if (i > 0) {
                    deliveries[i - 1] = millis[0];
                    commits[i - 1] = millis[1];
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        Arrays.sort(commits);
        Arrays.sort(deliveries);
        Files.writeString(
                Path.of(arguments[2]),
                String.format(Locale.ROOT, "%.3f %.3f", commits[versions / 2], deliveries[versions / 2]));
    }

    /** Puts a version in; the milliseconds from then to its last delivery, and from there to the last commit. */
    private static double[] commit(Host host, HttpClient client, long version) throws Exception {
        AtomicLong lastDeliveryMicros = new AtomicLong();
        AtomicLong lastCommitMicros = new AtomicLong();
        List<HostedNode> nodes = host.nodes();
        CountDownLatch left = new CountDownLatch(nodes.size());
        for (HostedNode node : nodes) {
            node.onEvent((atMicros, event) -> {
                switch (event) {
                    case RumorProtocol.Delivered delivered
                    when delivered.origin().equals(Origin.VERSIONS.node()) && left.getCount() > 0 ->
                        lastDeliveryMicros.accumulateAndGet(atMicros, Math::max);
                    case CommitProtocol.Committed committed
                    when committed.versions().contains(version) -> {
                        lastCommitMicros.accumulateAndGet(atMicros, Math::max);
                        left.countDown();
                    }
                    default -> {}
                }
            });
        }
        long startedMicros = System.currentTimeMillis() * 1000;
        NodeId first = nodes.getFirst().address();
        HttpRequest put = HttpRequest.newBuilder(URI.create("http://" + first + "/gossip"))
                .method("PUT", HttpRequest.BodyPublishers.ofString(Long.toString(version)))
                .build();
        client.send(put, BodyHandlers.discarding());
        if (!left.await(SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    left.getCount() + " nodes did not know of the commit after " + SECONDS_MAX + " s");
        }
        return new double[] {
            (lastDeliveryMicros.get() - startedMicros) / 1e3, (lastCommitMicros.get() - lastDeliveryMicros.get()) / 1e3
        };
    }
}
