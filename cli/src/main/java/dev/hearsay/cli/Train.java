package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.network.TrainingNetwork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The training runs of the AOT caches: does once, without a word, what the common commands do or what a host does, so that
 * the classes they need are in the cache. A cache for commands must not hold the classes of nodes, as all of a cache is
 * loaded at the start; so there the nodes are a process of their own, as in life.
 */
@Command(name = "train", hidden = true, description = "Exercise the common commands (for the build).")
final class Train extends GossipCommand {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("list-peers", "1"),
            List.of("list-peers", "1", "-o", "json"),
            List.of("list-peers", "7"),
            List.of("send-message", "1", "apple"),
            List.of("send-message", "1", "banana", "--relays=2", "--wait"),
            List.of("get-messages", "2", "-p", "--time"),
            List.of("get-messages", "2", "unread", "-o", "json"),
            List.of("status"),
            List.of("networks"),
            List.of("stop-network", "--network", "none"),
            List.of("simulate", "--nodes", "20"));

    /** What to train for. */
    enum Purpose {
        commands,
        nodes
    }

    @Parameters(paramLabel = "PURPOSE", description = "commands, or nodes.")
    private Purpose purpose;

    Train(Console console) {
        super(console);
    }

    @Override
    protected int run() throws Exception {
        Path state = Files.createTempDirectory("hearsay-training");
        try {
            Map<String, String> environment = new HashMap<>(console().environment());
            environment.put("XDG_STATE_HOME", state.toString());
            environment.put("XDG_CONFIG_HOME", state.toString());
            var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            Console quiet = new Console(
                    new ByteArrayInputStream(new byte[0]), silence, silence, environment, false, false, false);
            int basePort = TrainingNetwork.freeBasePort();
            return switch (purpose) {
                case nodes -> {
                    TrainingNetwork.run(quiet, basePort, () -> run(quiet, COMMANDS));
                    TrainingNetwork.runSeeded(state.resolve("seeded"));
                    yield ExitCode.DONE;
                }
                case commands -> trainCommands(quiet, basePort);
            };
        } finally {
            delete(state);
        }
    }

    private static int trainCommands(Console console, int basePort) {
        List<String> start = List.of("start-network", "full", "-n", "2", "--base-port=" + basePort);
        List<String> stop = List.of("stop-network");
        // An interrupted build must not leave its nodes behind.
        Thread cleanUp = new Thread(() -> run(console, List.of(stop)), "clean-up");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        run(console, List.of(start));
        run(console, COMMANDS);
        int exitCode = run(console, List.of(stop));
        Runtime.getRuntime().removeShutdownHook(cleanUp);
        return exitCode;
    }

    /** Runs command lines one after the other. Returns the exit code of the last. */
    private static int run(Console console, List<List<String>> lines) {
        int exitCode = ExitCode.DONE;
        for (List<String> words : lines) {
            exitCode = Main.run(console, words.toArray(String[]::new));
        }
        return exitCode;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
