package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What embedders do in their callbacks is their own matter. */
class ListenersTest extends HostFixture {

    @Test
    void aListenerThatThrowsStopsNeitherTheNodeNorOtherListeners() throws Exception {
        host = Host.start(HostOptions.inMemory(Network.of(3, "circular")));
        Queue<Event> heard = new ConcurrentLinkedQueue<>();
        for (HostedNode node : host.nodes()) {
            node.onEvent((atMicros, event) -> {
                throw new IllegalStateException("a listener's own fault");
            });
            node.onDelivered(delivery -> {
                throw new AssertionError("another one");
            });
            node.onEvent((atMicros, event) -> heard.add(event));
            listen(node);
        }
        RumorId id = host.node(1)
                .publish("apple".getBytes(UTF_8))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        delivered.get(1).add(id);
        awaitEverywhere(List.of(id));
        Await.until("all is told", () -> heard.stream().anyMatch(event -> event instanceof RumorProtocol.Published));
        assertThat(Http.get(host.node(2).address(), "/metrics").body())
                .containsPattern("gossip_listeners_failed_total [1-9]");
    }
}
