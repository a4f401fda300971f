package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.Network;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many nodes in one process, on few threads. */
@Tag("slow")
class ManyNodesTest extends HostFixture {

    private static final int NODES = 400;

    @Test
    void hundredsOfNodesShareAFewThreads() throws Exception {
        int threadsBefore = Thread.activeCount();
        start(HostOptions.inMemory(Network.of(NODES, "random:4")));
        assertThat(host.nodes()).hasSize(NODES).allMatch(HostedNode::isRunning);
        awaitEverywhere(List.of(publish(1, "one"), publish(200, "two"), publish(400, "three")));
        assertThat(Thread.activeCount() - threadsBefore).isLessThan(40);
        assertThat(host.node(17)
                        .publish("four".getBytes(UTF_8))
                        .toCompletableFuture()
                        .join())
                .isNotNull();
    }
}
