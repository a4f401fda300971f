package dev.hearsay.bench.peers;

import dev.hearsay.bench.process.Resident;
import dev.hearsay.core.math.Percentiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Measures one system once. The main class of a JVM of its own, so that no system runs on what another one has loaded, compiled or
 * left behind: {@code Trial SYSTEM WORKLOAD RESULT-FILE}.
 */
public final class Trial {

    private static final long BROADCAST_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** A burst is over, incomplete, when nothing has come for so long. */
    private static final long BURST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Broadcasts that are made to warm up, however long they take. */
    private static final int WARM_UPS_MIN = 5;

    private final Workload work;
    private final Contender contender;
    private final Map<Measure, Double> results = new EnumMap<>(Measure.class);
    private volatile Arrivals arrivals;
    private int nextNumber;

    private Trial(Contender contender, Workload work) {
        this.contender = contender;
        this.work = work;
        this.arrivals = new Arrivals(work.nodes(), 0, 0);
    }

    public static void main(String[] args) {
        int status = 0;
        try {
            measure(Rival.valueOf(args[0]), Workload.parse(args[1]), Path.of(args[2]));
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        // Whatever threads a system leaves behind must not keep the next one waiting.
        Runtime.getRuntime().exit(status);
    }

    private static void measure(Rival rival, Workload work, Path file) throws Exception {
        try (Contender contender = rival.contender()) {
            Map<Measure, Double> results = new Trial(contender, work).run();
            Files.writeString(
                    file,
                    results.entrySet().stream()
                            .map(result -> result.getKey() + " " + result.getValue() + "\n")
                            .collect(Collectors.joining()));
        }
    }

    private Map<Measure, Double> run() throws Exception {
        long startedNanos = System.nanoTime();
        contender.start(work.nodes(), (node, number) -> arrivals.note(node, number));
        results.put(Measure.BOOTSTRAP_MILLIS, millis(System.nanoTime() - startedNanos));
        broadcast();
        results.put(Measure.FIRST_BROADCAST_MILLIS, millis(arrivals.lastNanos() - startedNanos));
        sequential();
        if (work.burst() > 0) {
            burst();
        }
        results.put(Measure.RESIDENT_MEGABYTES, Resident.ofThisProcess() / 1e6);
        return results;
    }

    private void sequential() throws Exception {
        long warmNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(work.warmUpMillis());
        for (int i = 0; i < WARM_UPS_MIN || System.nanoTime() - warmNanos < 0; i++) {
            broadcast();
        }
        long[] nanos = new long[work.broadcasts()];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = broadcast();
        }
        Arrays.sort(nanos);
        results.put(Measure.P50_MILLIS, millis(Percentiles.nearestRank(nanos, nanos.length, 50)));
        results.put(Measure.P99_MILLIS, millis(Percentiles.nearestRank(nanos, nanos.length, 99)));
    }

    /** Broadcasts one message and waits until every node has it; returns how long that took. */
    private long broadcast() throws Exception {
        int number = nextNumber++;
        Arrivals awaited = new Arrivals(work.nodes(), number, 1);
        arrivals = awaited;
        byte[] payload = Payload.of(number);
        long startedNanos = System.nanoTime();
        contender.broadcast(number % work.nodes(), payload);
        if (!awaited.await(BROADCAST_LIMIT_NANOS)) {
            throw new TimeoutException("a message had not reached " + awaited.missing() + " of " + work.nodes()
                    + " nodes after " + TimeUnit.NANOSECONDS.toSeconds(BROADCAST_LIMIT_NANOS) + " s");
        }
        return awaited.lastNanos() - startedNanos;
    }

    private void burst() throws Exception {
        Arrivals awaited = new Arrivals(work.nodes(), nextNumber, work.burst());
        arrivals = awaited;
        byte[][] payloads = new byte[work.burst()][];
        for (int i = 0; i < payloads.length; i++) {
            payloads[i] = Payload.of(nextNumber++);
        }
        long startedNanos = System.nanoTime();
        for (int i = 0; i < payloads.length; i++) {
            contender.broadcast(i % work.nodes(), payloads[i]);
        }
        long before;
        do {
            before = awaited.missing();
        } while (!awaited.await(BURST_SILENCE_NANOS) && awaited.missing() < before);
        double expected = (double) work.burst() * (work.nodes() - 1);
        double delivered = expected - awaited.missing();
        double seconds = (awaited.lastNanos() - startedNanos) / 1e9;
        results.put(Measure.BURST_PER_SECOND, delivered / seconds);
        results.put(Measure.BURST_LOST_PERCENT, 100 * awaited.missing() / expected);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
