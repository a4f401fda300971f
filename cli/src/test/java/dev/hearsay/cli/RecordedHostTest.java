package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.cli.launch.RecordedHost;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host and the file of its life. */
class RecordedHostTest {

    @TempDir
    Path directory;

    @Test
    void whoeverStopsTheHostTheFileEndsAfterTheNodes() throws Exception {
        int port = Gossip.freeBasePort(2);
        NodeId one = new NodeId("127.0.0.1", port + 1);
        NodeId two = new NodeId("127.0.0.1", port + 2);
        Host host = Host.start(HostOptions.inMemory(List.of(
                        new HostOptions.Member(1, one, List.of(two)), new HostOptions.Member(2, two, List.of(one))))
                .withLoops(1));
        CountDownLatch isStopping = new CountDownLatch(1);
        CountDownLatch mayStop = new CountDownLatch(1);
        for (HostedNode node : host.nodes()) {
            node.onEvent((_, event) -> {
                if (event instanceof Lifecycle.Stopped) {
                    isStopping.countDown();
                    awaitQuietly(mayStop);
                }
            });
        }
        Path file = directory.resolve("run.jsonl");
        RecordedHost recorded = RecordedHost.of(host, "", file);
        Thread ordered = Thread.ofPlatform().start(host::close);
        isStopping.await();
        Thread killed = Thread.ofPlatform().start(recorded::close);
        try {
            Gossip.await("the second waits for the first", () -> killed.getState() == Thread.State.WAITING);
        } finally {
            mayStop.countDown();
        }
        ordered.join();
        killed.join();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.stream().filter(line -> line.contains("\"signal\":\"stopped\"")))
                .hasSize(2);
        assertThat(lines.getLast()).contains("\"end\":");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
