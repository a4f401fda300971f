package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.keys.PrivateFiles;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.transport.Addresses;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts host processes and sees them ready; takes back what it started if one of them fails or the user loses patience. */
public final class HostProcesses {

    private static final long POLL_MILLIS = 10;
    private static final int READY_SECONDS = 60;
    private static final int READY_SECONDS_PER_PROCESS = 5;
    private static final int CONNECT_MILLIS = 50;

    private final NetworkDirectory directory;
    private final NetworkFile file;
    private final Map<String, String> environment;
    private final @Nullable Path record;
    private final Map<String, Process> started = new LinkedHashMap<>();
    private boolean isCancelled;

    public HostProcesses(NetworkDirectory directory, NetworkFile file, Map<String, String> environment) {
        this(directory, file, environment, null);
    }

    /**
     * Hosts that write down what their nodes live through.
     *
     * @param record into which file; with several hosts each into one of its own, see {@link #recordOf}. Null for none
     */
    public HostProcesses(
            NetworkDirectory directory, NetworkFile file, Map<String, String> environment, @Nullable Path record) {
        this.directory = directory;
        this.file = file;
        this.environment = environment;
        this.record = record;
    }

    /** The file of one host: {@code run-s1.jsonl.gz} beside {@code run.jsonl.gz}. */
    public static Path recordOf(Path record, String host) {
        if (host.equals(HostFile.ALL)) {
            return record;
        }
        String name = String.valueOf(record.getFileName());
        int dot = name.indexOf('.', 1);
        return record.resolveSibling(
                dot < 0 ? name + "-" + host : name.substring(0, dot) + "-" + host + name.substring(dot));
    }

    /**
     * Starts hosts and waits until all of them are ready.
     *
     * @param hosts their names
     * @param what for the progress line, such as {@code Starting 16 nodes}
     * @param undo what else is to be taken back when this fails or is interrupted, after the processes are gone
     * @throws Failure if one of them does not come up; then none of them is left running
     */
    public void start(List<String> hosts, String what, Progress progress, Runnable undo) {
        Thread cancel = new Thread(() -> cancel(undo), "cancel");
        Runtime.getRuntime().addShutdownHook(cancel);
        try {
            startAll(hosts, what, progress);
            release();
        } catch (IOException e) {
            cancel(undo);
            throw Failure.failed("A host process cannot be started: " + e.getMessage() + ".", "", e);
        } catch (RuntimeException e) {
            cancel(undo);
            throw e;
        } finally {
            progress.erase();
            if (!isCancelled()) {
                Runtime.getRuntime().removeShutdownHook(cancel);
            }
        }
    }

    private void startAll(List<String> hosts, String what, Progress progress) throws IOException {
        Deque<String> waiting = new ArrayDeque<>(hosts);
        Deque<String> coming = new ArrayDeque<>();
        int atOnce = Math.max(2, Runtime.getRuntime().availableProcessors());
        int awaitSeconds = hosts.size() > 1 ? READY_SECONDS : 0;
        long patienceNanos = TimeUnit.SECONDS.toNanos(READY_SECONDS + READY_SECONDS_PER_PROCESS * (long) hosts.size());
        long deadline = System.nanoTime() + patienceNanos;
        long ready = 0;
        while (ready < hosts.size()) {
            // A process that listens waits for its neighbours and costs nothing more, so the next may begin.
            coming.removeIf(this::isListening);
            // Peers ask seeds at once, so all seeds shall listen first.
            while (!waiting.isEmpty()
                    && coming.size() < atOnce
                    && (isSeed(waiting.getFirst()) || coming.stream().noneMatch(HostProcesses::isSeed))) {
                String host = waiting.removeFirst();
                spawn(host, awaitSeconds);
                coming.add(host);
            }
            ready = started.keySet().stream().filter(this::isReady).count();
            demandAlive();
            if (System.nanoTime() > deadline) {
                throw Failure.failed(
                        "The network was not ready within " + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s.",
                        "Its logs are in " + directory.log(HostFile.ALL).getParent() + ".",
                        null);
            }
            progress.show(what + " …" + (hosts.size() > 1 ? " " + ready + " of " + hosts.size() + " ready" : ""));
            pause();
        }
    }

    private static boolean isSeed(String host) {
        return nodeOf(host).filter(NodeName::isSeed).isPresent();
    }

    /** The only node that a host runs. */
    private static Optional<NodeName> nodeOf(String host) {
        boolean isOther = host.equals(HostFile.ALL) || host.equals(HostFile.DASHBOARD);
        return isOther ? Optional.empty() : Optional.of(NodeName.parse(host));
    }

    private synchronized void spawn(String host, int awaitSeconds) throws IOException {
        if (isCancelled) {
            throw new Failure(ExitCode.INTERRUPTED, "interrupted", "Interrupted.", "");
        }
        directory.removeHost(host);
        int present = file.present().size();
        boolean isOne = host.equals(HostFile.ALL);
        List<String> command = HostCommandLine.of(
                directory, host, isOne ? present : 1, isOne ? 1 : present, awaitSeconds, environment);
        if (record != null) {
            command.addAll(List.of("--record", recordOf(record, host).toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.path().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        // Its own log it writes itself; here comes what the JVM has to say, and the sentence with which a start fails.
        Path output = output(host);
        Files.deleteIfExists(output);
        PrivateFiles.touch(output);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        started.put(host, builder.start());
    }

    /** They are complete, and live on without this process, see {@link Launcher}. */
    private synchronized void release() {
        for (Process process : started.values()) {
            try (OutputStream in = process.getOutputStream()) {
                in.write('\n');
            } catch (IOException justEnded) {
                // Whoever waits for it finds out.
            }
        }
    }

    private Path output(String host) {
        Path log = directory.log(host);
        return log.resolveSibling(log.getFileName().toString().replace(".log", ".out"));
    }

    private boolean isReady(String host) {
        try {
            return directory.readHost(host).filter(HostFile::isAlive).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isListening(String host) {
        Optional<NodeId> address = nodeOf(host).flatMap(file::find).map(NetworkFile.Entry::address);
        if (address.isEmpty()) {
            return isReady(host);
        }
        try (Socket socket =
                Addresses.connect(address.get().host(), address.get().port(), CONNECT_MILLIS)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void demandAlive() throws IOException {
        for (Map.Entry<String, Process> entry : started.entrySet()) {
            if (!entry.getValue().isAlive()) {
                throw LastWords.of(output(entry.getKey()), entry.getValue().exitValue());
            }
        }
    }

    private synchronized boolean isCancelled() {
        return isCancelled;
    }

    /** Stops everything that was started. An interrupt may come while a failure is being dealt with: once is enough. */
    private synchronized void cancel(Runnable undo) {
        if (isCancelled) {
            return;
        }
        isCancelled = true;
        started.values().forEach(Process::destroy);
        for (Map.Entry<String, Process> entry : started.entrySet()) {
            try {
                Process process = entry.getValue();
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
                }
                directory.removeHost(entry.getKey());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException ignored) {
                // A file of a dead host is not trusted by anybody; it may stay.
            }
        }
        undo.run();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "interrupted", "Interrupted.", "", e);
        }
    }
}
