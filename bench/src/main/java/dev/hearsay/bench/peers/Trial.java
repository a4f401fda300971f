package dev.hearsay.bench.peers;

import dev.hearsay.bench.process.Resident;
import dev.hearsay.bench.report.MachineInfo;
import dev.hearsay.core.math.Percentiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures one system once. The main class of a JVM of its own, so that no system runs on what another one has loaded, compiled or
 * left behind: {@code Trial SYSTEM WORKLOAD FOLDER}.
 */
public final class Trial {

    /** In the trial's folder. */
    private static final String RESULTS = "results";

    private static final long BROADCAST_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A burst is over, incomplete, when nothing has come for so long. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int COLD_BROADCASTS = 20;
    /** A system that loses more than so many of the broadcasts is not worth the time. */
    private static final int INCOMPLETE_MAX = 10;

    private final Contender contender;
    private final Workload work;
    private final Map<PeerMeasure, Double> results = new EnumMap<>(PeerMeasure.class);
    private volatile Arrivals arrivals;
    private int nextNumber;
    private int incomplete;

    Trial(Contender contender, Workload work) {
        this.contender = contender;
        this.work = work;
        this.arrivals = new Arrivals(work.nodes(), 0, 0);
    }

    public static void main(String[] args) {
        int status = 0;
        try {
            Path folder = Path.of(args[2]);
            Contender contender = Rival.valueOf(args[0]).contender(folder);
            Map<PeerMeasure, Double> results = new Trial(contender, Workload.parse(args[1])).run();
            write(folder, results);
        } catch (Exception e) {
            e.printStackTrace();
            System.err.println(e.getMessage());
            status = 1;
        }
        // With all that the system has started; how fast it would end by itself is not the question.
        System.exit(status);
    }

    private static void write(Path folder, Map<PeerMeasure, Double> results) throws IOException {
        List<String> lines = results.entrySet().stream()
                .map(result -> result.getKey() + " " + result.getValue())
                .toList();
        Files.write(folder.resolve(RESULTS), lines);
    }

    /** What a trial has found, by its folder. */
    static Map<PeerMeasure, Double> read(Path folder) throws IOException {
        Map<PeerMeasure, Double> results = new EnumMap<>(PeerMeasure.class);
        for (String line : Files.readAllLines(folder.resolve(RESULTS))) {
            int space = line.indexOf(' ');
            results.put(PeerMeasure.valueOf(line.substring(0, space)), Double.valueOf(line.substring(space + 1)));
        }
        return results;
    }

    Map<PeerMeasure, Double> run() throws Exception {
        long startedNanos = System.nanoTime();
        contender.start(work.nodes(), (node, number) -> arrivals.note(node, number));
        results.put(PeerMeasure.READY_MILLIS, millis(System.nanoTime() - startedNanos));
        long firstNanos = broadcast();
        results.put(PeerMeasure.FIRST_BROADCAST_MILLIS, millis(System.nanoTime() - startedNanos));
        sequential(firstNanos);
        results.put(PeerMeasure.INCOMPLETE_BROADCASTS, (double) incomplete);
        if (work.burst() > 0) {
            burst();
        }
        results.put(PeerMeasure.RESIDENT_MEGABYTES, Resident.peakOfThisProcess() / 1e6);
        return results;
    }

    private void sequential(long firstNanos) throws Exception {
        long[] cold = new long[COLD_BROADCASTS];
        cold[0] = firstNanos;
        for (int i = 1; i < cold.length; i++) {
            cold[i] = broadcast();
        }
        results.put(PeerMeasure.COLD_P50_MILLIS, percentile(cold, 50));
        long warmNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(work.warmUpMillis());
        while (System.nanoTime() - warmNanos < 0) {
            broadcast();
        }
        long[] warm = new long[work.broadcasts()];
        for (int i = 0; i < warm.length; i++) {
            warm[i] = broadcast();
        }
        results.put(PeerMeasure.P50_MILLIS, percentile(warm, 50));
        results.put(PeerMeasure.P99_MILLIS, percentile(warm, 99));
    }

    /**
     * Broadcasts one message and waits until every node has it; returns how long that took. A message that some node has not got
     * after the limit counts as having taken that long.
     */
    private long broadcast() throws Exception {
        int number = nextNumber++;
        Arrivals awaited = new Arrivals(work.nodes(), number, 1);
        arrivals = awaited;
        byte[] payload = Payload.of(number);
        long startedNanos = System.nanoTime();
        contender.broadcast(number % work.nodes(), payload);
        if (awaited.await(BROADCAST_LIMIT_NANOS)) {
            return awaited.lastNanos() - startedNanos;
        }
        incomplete++;
        if (incomplete > INCOMPLETE_MAX) {
            throw new TimeoutException("message after message has not reached every node");
        }
        return BROADCAST_LIMIT_NANOS;
    }

    private void burst() throws Exception {
        Arrivals awaited = new Arrivals(work.nodes(), nextNumber, work.burst());
        arrivals = awaited;
        byte[][] payloads = new byte[work.burst()][];
        for (int i = 0; i < payloads.length; i++) {
            payloads[i] = Payload.of(nextNumber++);
        }
        long cpuBefore = MachineInfo.cpuNanosOfThisProcess();
        long startedNanos = System.nanoTime();
        long deadlineNanos = startedNanos + TimeUnit.MILLISECONDS.toNanos(work.burstLimitMillis());
        for (int i = 0; i < payloads.length; i++) {
            contender.broadcast(i % work.nodes(), payloads[i]);
        }
        long before;
        do {
            before = awaited.missing();
        } while (!awaited.await(Math.min(SILENCE_NANOS, deadlineNanos - System.nanoTime()))
                && awaited.missing() < before
                && System.nanoTime() - deadlineNanos < 0);
        double expected = (double) work.burst() * (work.nodes() - 1);
        long missing = awaited.missing();
        double delivered = expected - missing;
        results.put(PeerMeasure.BURST_PER_SECOND, delivered / ((awaited.lastNanos() - startedNanos) / 1e9));
        results.put(PeerMeasure.BURST_CPU_MICROS, (MachineInfo.cpuNanosOfThisProcess() - cpuBefore) / 1e3 / delivered);
        results.put(PeerMeasure.BURST_MISSING_PERCENT, 100 * missing / expected);
    }

    private static double percentile(long[] nanos, double percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return millis(Percentiles.nearestRank(sorted, sorted.length, percent));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
