package dev.hearsay.bench.metrics;

import dev.hearsay.bench.process.LoopbackNodes;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the nodes of a network send over sockets while nobody gives them a message, by their own metrics. */
final class IdleNetwork {

    private static final String SENT = "gossip_sent_bytes_total ";
    private static final long SETTLING_SECONDS = 3;

    private IdleNetwork() {}

    /** Bytes that a node sends per second, on average. */
    static double bytesPerNodeAndSecond(int nodes, long seconds)
            throws HostException, IOException, InterruptedException {
        List<HostOptions.Member> members = LoopbackNodes.of(nodes, 3);
        try (Host host = Host.start(HostOptions.inMemory(members));
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<NodeId> addresses =
                    members.stream().map(HostOptions.Member::address).toList();
            TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
            long startedNanos = System.nanoTime();
            double before = sent(client, addresses);
            TimeUnit.SECONDS.sleep(seconds);
            double after = sent(client, addresses);
            return (after - before) / host.nodes().size() / ((System.nanoTime() - startedNanos) / 1e9);
        }
    }

    private static double sent(HttpClient client, List<NodeId> nodes) throws IOException, InterruptedException {
        double bytes = 0;
        for (NodeId node : nodes) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node + "/metrics"))
                    .build();
            bytes += client.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(SENT))
                    .mapToDouble(line -> Double.parseDouble(line.substring(SENT.length())))
                    .sum();
        }
        return bytes;
    }
}
