package dev.hearsay.bench.metrics;

import dev.hearsay.bench.process.Broadcasts;
import dev.hearsay.bench.process.LoopbackNodes;
import dev.hearsay.bench.report.MachineInfo;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostOptions;
import java.util.Arrays;

/** A network in memory, with metrics or without, that is given messages. */
final class CountedNetwork implements AutoCloseable {

    private static final int NODES = 16;

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
    private final Broadcasts broadcasts;

    CountedNetwork(boolean isMeasured) throws HostException {
        host = Host.start(HostOptions.inMemory(LoopbackNodes.of(NODES, 3)).withMetrics(isMeasured));
        broadcasts = new Broadcasts(host);
    }

    /** Messages one after the other, then many at once. */
    Round round(int count, int burst) throws InterruptedException {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = broadcasts.nanosOf(i, 1);
        }
        Arrays.sort(nanos);
        long cpuNanos = MachineInfo.cpuNanosOfThisProcess();
        long burstNanos = broadcasts.nanosOf(0, burst);
        cpuNanos = MachineInfo.cpuNanosOfThisProcess() - cpuNanos;
        double deliveries = (double) burst * (NODES - 1);
        return new Round(
                nanos[count / 2] / 1e6,
                nanos[(int) (count * 0.99)] / 1e6,
                deliveries / (burstNanos / 1e9),
                cpuNanos / 1e3 / deliveries);
    }

    @Override
    public void close() {
        host.close();
    }
}
