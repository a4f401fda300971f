package dev.hearsay.bench.peers;

import io.scalecube.cluster.Cluster;
import io.scalecube.cluster.ClusterConfig;
import io.scalecube.cluster.ClusterImpl;
import io.scalecube.cluster.ClusterMessageHandler;
import io.scalecube.cluster.transport.api.Message;
import io.scalecube.transport.netty.tcp.TcpTransportFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * ScaleCube with {@code ClusterConfig.defaultLocalConfig()}, its own choice for nodes on one machine (gossip every 100 ms to 3
 * members, SWIM pings every second), over TCP with its Jackson codec, and {@code Cluster.spreadGossip} to broadcast. The first node
 * is the seed of the others, which start one after the other; all at once, fifty of them time out on each other's metadata.
 *
 * <p>Gossip of this kind is only probably delivered everywhere, so a burst may end with messages missing.
 */
final class ScaleCube implements Contender {

    private final List<Cluster> clusters = new ArrayList<>();

    @Override
    public void start(int nodes, Deliveries deliveries) throws Exception {
        Cluster seed = node(0, List.of(), deliveries).toFuture().join();
        clusters.add(seed);
        List<String> seeds = List.of(seed.address());
        for (int i = 1; i < nodes; i++) {
            clusters.add(node(i, seeds, deliveries).toFuture().join());
        }
        Waiting.until(
                "every node knows all " + nodes + " members",
                () -> clusters.stream().allMatch(cluster -> cluster.members().size() == nodes));
    }

    private static Mono<Cluster> node(int node, List<String> seeds, Deliveries deliveries) {
        ClusterConfig config = ClusterConfig.defaultLocalConfig()
                .externalHost("127.0.0.1")
                .membership(membership -> membership.seedMembers(seeds));
        return new ClusterImpl(config)
                .transportFactory(TcpTransportFactory::new)
                .handler(cluster -> new ClusterMessageHandler() {
                    @Override
                    public void onGossip(Message gossip) {
                        String text = gossip.data();
                        deliveries.delivered(node, Payload.number(text));
                    }
                })
                .start();
    }

    @Override
    public void broadcast(int node, byte[] payload) {
        String text = new String(payload, StandardCharsets.US_ASCII);
        clusters.get(node).spreadGossip(Message.fromData(text)).subscribe();
    }
}
