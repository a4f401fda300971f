package dev.hearsay.bench.metrics;

import dev.hearsay.bench.process.LoopbackNodes;
import dev.hearsay.bench.report.Machine;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A network in memory, with metrics or without, that is given messages. */
final class CountedNetwork implements AutoCloseable {

    private static final int NODES = 16;
    private static final long SECONDS_MAX = 60;
    private static final byte[] PAYLOAD = ".".repeat(64).getBytes(StandardCharsets.US_ASCII);

    /**
     * What one round of messages has shown.
     *
     * @param p50Millis from handing a message in until the last node has it, half of them
     */
    record Round(double p50Millis, double p99Millis, double deliveriesPerSecond, double cpuMicrosPerDelivery) {

        static Round parse(String text) {
            String[] words = text.split(" ", -1);
            return new Round(
                    Double.parseDouble(words[0]),
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]));
        }

        /** Four numbers, as {@link #parse} reads them. */
        @Override
        public String toString() {
            return p50Millis + " " + p99Millis + " " + deliveriesPerSecond + " " + cpuMicrosPerDelivery;
        }
    }

    private final Host host;
    private final List<HostedNode> nodes;
    private volatile CountDownLatch awaited = new CountDownLatch(0);

    CountedNetwork(boolean isMeasured) throws HostException {
        host = Host.start(HostOptions.inMemory(LoopbackNodes.of(NODES)).withMetrics(isMeasured));
        nodes = host.nodes();
        nodes.forEach(node -> node.onDelivered(delivery -> awaited.countDown()));
    }

    /** Messages one after the other, then many at once. */
    Round round(int broadcasts, int burst) throws InterruptedException {
        long[] nanos = new long[broadcasts];
        for (int i = 0; i < broadcasts; i++) {
            nanos[i] = publish(i, 1);
        }
        Arrays.sort(nanos);
        long cpuNanos = Machine.cpuNanosOfThisProcess();
        long burstNanos = publish(0, burst);
        cpuNanos = Machine.cpuNanosOfThisProcess() - cpuNanos;
        double deliveries = (double) burst * (NODES - 1);
        return new Round(
                nanos[broadcasts / 2] / 1e6,
                nanos[(int) (broadcasts * 0.99)] / 1e6,
                deliveries / (burstNanos / 1e9),
                cpuNanos / 1e3 / deliveries);
    }

    /** Returns how long it took until every node had all. */
    private long publish(int first, int count) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(count * (NODES - 1));
        awaited = all;
        long startedNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            nodes.get((first + i) % NODES).publish(PAYLOAD);
        }
        if (!all.await(SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(all.getCount() + " deliveries were missing after " + SECONDS_MAX + " s");
        }
        return System.nanoTime() - startedNanos;
    }

    @Override
    public void close() {
        host.close();
    }
}
