package dev.hearsay.bench.process;

import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostedNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Messages of 64 bytes, given to the nodes of a host in turn, and how long they take to all the others. */
public final class Broadcasts {

    private static final long SECONDS_MAX = 60;
    private static final byte[] PAYLOAD = ".".repeat(64).getBytes(StandardCharsets.US_ASCII);

    private final List<HostedNode> nodes;
    private volatile CountDownLatch awaited = new CountDownLatch(0);

    public Broadcasts(Host host) {
        nodes = host.nodes();
        nodes.forEach(node -> node.onDelivered(delivery -> awaited.countDown()));
    }

    /** Gives a message to a node, and does not wait. */
    public void publish(int number) {
        nodes.get(number % nodes.size()).publish(PAYLOAD);
    }

    /**
     * Gives so many messages at once, the first to the node of that number, and waits until every node has all.
     *
     * @return how long that took
     */
    public long nanosOf(int first, int count) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(count * (nodes.size() - 1));
        awaited = all;
        long startedNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            publish(first + i);
        }
        if (!all.await(SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(all.getCount() + " deliveries were missing after " + SECONDS_MAX + " s");
        }
        return System.nanoTime() - startedNanos;
    }
}
