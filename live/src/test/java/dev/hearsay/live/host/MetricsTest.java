package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Metrics;
import dev.hearsay.live.Network;
import dev.hearsay.live.Ports;
import dev.hearsay.live.Promtool;
import dev.hearsay.live.SeededNetwork;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.transport.BindAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What nodes serve under {@code /metrics}. */
class MetricsTest extends HostFixture {

    private static final String EAGER = "gossip_messages_delivered_total{way=\"eager\"}";
    private static final String ANTI_ENTROPY = "gossip_messages_delivered_total{way=\"anti_entropy\"}";

    private List<NodeId> nodes() {
        return host.nodes().stream().map(HostedNode::address).toList();
    }

    private double sum(String series) {
        return nodes().stream()
                .mapToDouble(node -> Metrics.of(node).value(series))
                .sum();
    }

    @Test
    void theWayOfOneMessageIsCounted() throws Exception {
        start(HostOptions.inMemory(Network.of(4, "full")));
        awaitEverywhere(List.of(publish(2, "apple")));
        NodeId origin = host.node(2).address();
        Await.until(
                "coverage is told at the origin",
                () -> Metrics.of(origin).value("gossip_coverage_delay_seconds_count") == 1);
        assertThat(Metrics.of(origin).value("gossip_messages_published_total")).isEqualTo(1);
        assertThat(sum("gossip_messages_published_total")).isEqualTo(1);
        assertThat(sum(EAGER) + sum(ANTI_ENTROPY)).isEqualTo(3);
        assertThat(sum("gossip_delivery_delay_seconds_count")).isEqualTo(3);
        assertThat(sum("gossip_messages_held")).isEqualTo(4);
        assertThat(sum("gossip_neighbours")).isEqualTo(12);
        assertThat(sum("gossip_members")).isEqualTo(16);
        Await.until(
                "all copies arrive: a flood sends each link both ways",
                () -> sum("gossip_messages_duplicate_total") >= 3);
        for (String share : List.of("payloads", "overhead", "queues", "incoming")) {
            String of = "{share=\"" + share + "\"}";
            assertThat(Metrics.of(origin).value("gossip_memory_used_bytes" + of))
                    .isBetween(0.0, Metrics.of(origin).value("gossip_memory_max_bytes" + of));
        }
        assertThat(Metrics.of(origin).value("gossip_memory_used_bytes{share=\"overhead\"}"))
                .isPositive();
        assertThat(Metrics.of(origin).text()).contains("gossip_build_info{java=\"" + Runtime.version());
        assertThat(Metrics.of(origin).value("gossip_uptime_seconds")).isPositive();
        assertThat(Metrics.of(origin).value("gossip_delivery_delay_seconds_bucket{le=\"1.0E-4\"}"))
                .as("the first bucket")
                .isZero();
    }

    @Test
    void whatIsRefusedIsCountedThoughNotToldEachTime() throws Exception {
        start(HostOptions.inMemory(Network.of(1, "full")));
        NodeId node = nodes().getFirst();
        for (int i = 0; i < 30; i++) {
            Http.send(
                    "PUT",
                    node,
                    "/gossip",
                    java.net.http.HttpRequest.BodyPublishers.ofString("garbage"),
                    "Content-Type",
                    dev.hearsay.wire.MessageJson.CONTENT_TYPE);
        }
        assertThat(Metrics.of(node).value("gossip_messages_dropped_total{reason=\"refused\"}"))
                .isEqualTo(30);
    }

    @Test
    void aNeighbourThatDiesIsSuspectedAndDetected() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")));
        host.node(3).kill();
        NodeId witness = host.node(1).address();
        Await.until(
                "it is given up",
                () -> Metrics.of(witness).value("gossip_detection_seconds_count{end=\"given_up\"}") == 1);
        assertThat(Metrics.of(witness).value("gossip_suspicions_total")).isPositive();
        assertThat(Metrics.of(witness).value("gossip_detection_seconds_sum{end=\"given_up\"}"))
                .isPositive();
        host.node(3).start();
        NodeId returned = host.node(3).address();
        Await.until("it is linked again", () -> Metrics.of(returned).value("gossip_neighbours") == 2);
    }

    @Test
    void seedsCountTheirVotesAndSayWhetherTheyHaveAQuorum() throws Exception {
        SeededNetwork network = SeededNetwork.of(3, 3, directory.resolve("net"));
        start(network.inOneHost(Profile.CONSENSUS));
        double yes = network.seeds().stream()
                .mapToDouble(seed -> Metrics.of(seed).value("gossip_votes_total{vote=\"yes\"}"))
                .sum();
        assertThat(yes).isGreaterThanOrEqualTo(6);
        NodeId seed = network.seeds().getFirst();
        assertThat(Metrics.of(seed).value("gossip_seeds_quorum")).isEqualTo(2);
        Await.until("all seeds are reached", () -> Metrics.of(seed).value("gossip_seeds_reachable") == 3);
        assertThat(Metrics.of(network.peers().getFirst()).text()).doesNotContain("gossip_seeds");
        assertThat(Promtool.objections(Metrics.of(seed).text())).isEmpty();
        awaitBalancedBytes();
    }

    @Test
    void allBytesThatAreSentAreReceived() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")));
        awaitEverywhere(List.of(publish(1, "apple".repeat(1_000))));
        awaitBalancedBytes();
        assertThat(sum("gossip_sent_bytes_total")).isGreaterThan(10_000);
    }

    /** While some are under way the sums differ; between two heartbeats nothing is. */
    private void awaitBalancedBytes() {
        Await.until(
                () -> sum("gossip_sent_bytes_total") + " bytes sent, " + sum("gossip_received_bytes_total")
                        + " received",
                () -> sum("gossip_sent_bytes_total") == sum("gossip_received_bytes_total"));
    }

    @Test
    void promtoolFindsNothingToObjectTo() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")));
        awaitEverywhere(List.of(publish(1, "apple")));
        assertThat(Promtool.objections(Metrics.of(nodes().getFirst()).text())).isEmpty();
        assertThat(Promtool.objections("# TYPE messages_seen counter\nmessages_seen 1\n"))
                .as("it does object to bad names")
                .contains("_total");
    }

    @Test
    void fiftyClientsAtOnceAllGetAnAnswerAndMessagesStillSpread() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")).withLoops(1));
        NodeId node = nodes().getFirst();
        try (ExecutorService clients = Executors.newFixedThreadPool(50)) {
            List<CompletableFuture<Metrics>> scrapes = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                scrapes.add(CompletableFuture.supplyAsync(() -> Metrics.of(node), clients));
            }
            awaitEverywhere(List.of(publish(1, "apple")));
            for (CompletableFuture<Metrics> scrape : scrapes) {
                assertThat(scrape.join().text()).contains("gossip_uptime_seconds");
            }
        }
        assertThat(sum("gossip_suspicions_total")).isZero();
    }

    @Test
    void aNodeWithoutMetricsSaysSo() throws Exception {
        start(HostOptions.inMemory(Network.of(1, "full")).withMetrics(false));
        var response = Http.get(nodes().getFirst(), "/metrics");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("--no-metrics");
    }

    @Test
    void aNodeListensWhereItIsTold() throws Exception {
        NodeId called = new NodeId("localhost", Ports.free().port());
        start(HostOptions.inMemory(List.of(new HostOptions.Member(1, called, List.of())))
                .withBind(new BindAddress("127.0.0.2")));
        NodeId bound = new NodeId("127.0.0.2", called.port());
        assertThat(Http.get(bound, "/healthz").body()).contains("localhost:" + called.port());
    }
}
