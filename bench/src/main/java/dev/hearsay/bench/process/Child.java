package dev.hearsay.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A command that is run to its end and watched from outside.
 *
 * @param environment added to that of this process
 * @param log where what it prints goes; its folder exists
 * @param limit how long it may take
 */
public record Child(List<String> command, Map<String, String> environment, Path log, Duration limit) {

    /** How often its memory is looked at. The peak is the system's own account where there is one, so seldom is enough. */
    private static final long LOOK_MILLIS = 20;

    private static final Path NOTHING = Path.of("/dev/null");

    /** They do not outlive whoever interrupts this program. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    /**
     * How it has ended, well.
     *
     * @param wallNanos from before its start to after its end
     * @param peakBytes the most memory it had resident; 0 if nobody knows
     */
    public record Ended(long wallNanos, long peakBytes) {
        public double wallMillis() {
            return wallNanos / 1e6;
        }
    }

    public Child {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * Runs it.
     *
     * @throws FailedException if it cannot be started, fails, or takes too long, in which case it is killed
     */
    public Ended run() throws FailedException, InterruptedException {
        long startedNanos = System.nanoTime();
        Process process = start();
        RUNNING.add(process);
        try {
            return watch(process, startedNanos);
        } finally {
            // Gone for good, so that whatever is measured next has the machine to itself.
            process.destroyForcibly().waitFor();
            RUNNING.remove(process);
        }
    }

    private Process start() throws FailedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(NOTHING.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new FailedException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    private Ended watch(Process process, long startedNanos) throws FailedException, InterruptedException {
        long peakBytes = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peakBytes = Math.max(peakBytes, Resident.peakOf(process.pid()));
            if (System.nanoTime() - startedNanos > limit.toNanos()) {
                throw new FailedException("took longer than " + limit.toSeconds() + " s, see " + log);
            }
        }
        long wallNanos = System.nanoTime() - startedNanos;
        if (process.exitValue() != 0) {
            throw new FailedException("ended with exit code " + process.exitValue() + lastWords());
        }
        return new Ended(wallNanos, peakBytes);
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("\t"))
                    .toList();
            return (lines.isEmpty() ? "" : " (" + lines.getLast().strip() + ")") + ", see " + log;
        } catch (IOException e) {
            return "";
        }
    }
}
