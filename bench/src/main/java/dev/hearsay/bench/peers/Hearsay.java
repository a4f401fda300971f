package dev.hearsay.bench.peers;

import dev.hearsay.bench.process.LoopbackNodes;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hearsay as {@code gossip start-network} runs it unless told otherwise: every node on a port of its own, HTTP between them, a
 * random overlay of degree 3, flooding with anti-entropy under it, heartbeats, paths traced. In memory, as the other systems are;
 * or with its store, where a message counts as handed in before it is durable, but reaches nobody until it is.
 */
final class Hearsay implements Contender {

    private final @Nullable Path data;
    private List<HostedNode> nodes = List.of();

    /** A network with its store in this folder, or in memory if there is none. */
    Hearsay(@Nullable Path data) {
        this.data = data;
    }

    @Override
    public void start(int count, Deliveries deliveries) throws Exception {
        HostOptions options = HostOptions.inMemory(LoopbackNodes.of(count, 3));
        nodes = Host.start(data == null ? options : options.withData(data)).nodes();
        for (int i = 0; i < count; i++) {
            int node = i;
            nodes.get(i).onDelivered(delivery -> deliveries.delivered(node, Payload.number(delivery.payload(), 0)));
        }
    }

    @Override
    public void broadcast(int node, byte[] payload) {
        nodes.get(node).publish(payload);
    }
}
