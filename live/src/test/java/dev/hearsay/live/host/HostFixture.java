package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.store.Store;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A host over real sockets, all in this process, and who has got what. */
abstract class HostFixture {

    @TempDir
    Path directory;

    Host host;
    final Map<Integer, Set<RumorId>> delivered = new ConcurrentHashMap<>();

    void start(HostOptions options) throws HostException {
        host = Host.start(options);
        host.nodes().forEach(this::listen);
    }

    void start(Store store, HostOptions options) throws HostException {
        host = Host.start(options, store, List.of());
        host.nodes().forEach(this::listen);
    }

    void listen(HostedNode node) {
        Set<RumorId> has = delivered.computeIfAbsent(node.number(), n -> ConcurrentHashMap.newKeySet());
        node.onDelivered(delivery -> has.add(delivery.id()));
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    RumorId publish(int node, String text) throws HostException {
        RumorId id = host.node(node)
                .publish(text.getBytes(UTF_8))
                .toCompletableFuture()
                .join();
        delivered.get(node).add(id);
        return id;
    }

    void awaitEverywhere(Collection<RumorId> ids) {
        List<HostedNode> running =
                host.nodes().stream().filter(HostedNode::isRunning).toList();
        Await.until(
                () -> "all of " + ids.size() + " at every node; missing at "
                        + running.stream()
                                .filter(node -> !delivered.get(node.number()).containsAll(ids))
                                .map(HostedNode::number)
                                .toList(),
                () -> running.stream()
                        .allMatch(node -> delivered.get(node.number()).containsAll(ids)));
    }

    static List<String> texts(NodeId node) {
        try {
            List<String> texts = new ArrayList<>();
            for (JsonObject message :
                    JsonObject.parse(Http.get(node, "/messages").body()).objects("messages")) {
                texts.add(message.text("text"));
            }
            return texts;
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }
}
