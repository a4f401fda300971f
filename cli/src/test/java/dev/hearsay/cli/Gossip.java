package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.cli.base.Console;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Runs commands as a person would, in this process, on networks of its own under a temporary folder. */
final class Gossip implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PORTS_FROM = 12_000;
    private static final int PORTS_TO = 22_000;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS_TO - PORTS_FROM));

    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final Path home;
    private final List<Process> spawned = new ArrayList<>();
    private byte[] input = new byte[0];

    Gossip(Path home) {
        this.home = home;
        environment.keySet().removeIf(name -> name.startsWith("GOSSIP_"));
        environment.put("XDG_STATE_HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    }

    /** What a command printed, and what it ended with. */
    record Result(int exitCode, String out, String err) {

        /** Demands success. */
        Result ok() {
            assertThat(exitCode)
                    .as("what it ended with; it said: %s%s", out, err)
                    .isZero();
            return this;
        }

        /** Demands this exit code, and nothing like a stack trace. */
        Result fails(int expected) {
            assertThat(exitCode)
                    .as("what it ended with; it said: %s%s", out, err)
                    .isEqualTo(expected);
            assertThat(err).doesNotContain("Exception").doesNotContain("\tat ");
            return this;
        }

        JsonObject json() {
            try {
                return JsonObject.parse(out);
            } catch (WireException e) {
                throw new AssertionError("it ended with " + exitCode + ": " + out + err, e);
            }
        }
    }

    Gossip with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What the next command reads from its standard input. */
    Gossip withInput(byte[] bytes) {
        input = bytes;
        return this;
    }

    Result run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                false,
                false,
                false);
        int exitCode = Main.run(console, words);
        console.out().flush();
        console.err().flush();
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command line as it would be typed, without quotes. */
    Result line(String words) {
        return run(words.split(" "));
    }

    Map<String, String> environment() {
        return environment;
    }

    NetworkDirectory network() {
        return NetworkDirectory.of(home.resolve("hearsay"), NetworkDirectory.DEFAULT_NAME);
    }

    /** The process of that name: {@code all}, or that of its only node. */
    ProcessHandle host(String name) throws IOException {
        HostFile file = network().readHost(name).orElseThrow();
        return file.handle().orElseThrow();
    }

    /** Ends a process as {@code kill -9} does. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        await("the end of process " + process.pid(), () -> !process.isAlive());
    }

    /** Whether a node has a message with this text. */
    boolean hasMessage(int node, String text) {
        Result result = run("get-messages", Integer.toString(node), "-o", "json");
        return result.exitCode() == 0 && result.out().contains("\"text\":\"" + text + "\"");
    }

    void awaitMessage(int node, String text) {
        await("'" + text + "' at node " + node, () -> hasMessage(node, text));
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, PATIENCE, condition);
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * A base port above which so many ports are free, and as many at which seeds would listen for each other. Neither are among those that the
     * system gives to outgoing connections, which stay taken for a minute after these have ended; and nobody in this process has got them before.
     */
    static int freeBasePort(int nodes) {
        while (true) {
            int offset = NEXT_PORT.getAndAdd(nodes + 1) % (PORTS_TO - PORTS_FROM);
            int base = PORTS_FROM + offset;
            boolean isFree = base + nodes < PORTS_TO;
            for (int port = base + 1; port <= base + nodes && isFree; port++) {
                isFree = isFree(port) && isFree(SeedConfig.usualSeedPort(port));
            }
            if (isFree) {
                return base;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Where these tests run behind nohup, say, a process they start would ignore Ctrl-C as they do, and a JVM leaves that as it is. A shell
     * may not change it; this can.
     */
    static final List<String> HEARING_INTERRUPTS =
            List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec { $ARGV[0] } @ARGV");

    /** Starts a command as a process of its own, in a folder where its streams go to files of that name. */
    Process spawn(Path folder, String name, String words) throws IOException {
        List<String> command = new ArrayList<>(HEARING_INTERRUPTS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(folder.resolve(name + ".out").toFile());
        builder.redirectError(folder.resolve(name + ".err").toFile());
        Process process = builder.start();
        spawned.add(process);
        return process;
    }

    /** Sends a process a signal, as {@code kill} does. */
    static void event(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The processes of commands and networks in a folder that have not ended, be they on no record, or told of as somebody else's. */
    static List<ProcessHandle> processesIn(Path folder) {
        try {
            Path real = folder.toRealPath();
            return ProcessHandle.allProcesses()
                    .filter(process -> workingDirectory(process).startsWith(real))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The root where that cannot be told: on systems other than Linux, and of those that have ended. */
    private static Path workingDirectory(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
        } catch (IOException e) {
            return Path.of("/");
        }
    }

    /** Waits until no process runs in a folder or below; says which did, if that takes too long. */
    static void awaitNobodyIn(Path folder) {
        try {
            await(
                    "the end of all processes in " + folder,
                    () -> processesIn(folder).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "; there still are "
                            + processesIn(folder).stream()
                                    .map(process -> process.pid() + " "
                                            + process.info().commandLine().orElse("?"))
                                    .toList(),
                    e);
        }
    }

    /** Leaves no process behind, whatever the test did. */
    @Override
    public void close() throws IOException {
        spawned.forEach(process -> kill(process.toHandle()));
        for (NetworkDirectory network : NetworkDirectory.list(home.resolve("hearsay"))) {
            for (HostFile host : network.readHosts()) {
                host.handle().ifPresent(Gossip::kill);
            }
        }
        processesIn(home).forEach(Gossip::kill);
    }
}
