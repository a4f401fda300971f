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

/**
 * The training run of the AOT cache: does once, in one process and without a word, what the common commands and a host do,
 * so that the classes they need are in the cache.
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
            List.of("start-network"),
            List.of("stop-network", "--network", "none"),
            List.of("simulate", "--nodes", "20"));

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
            Console quiet =
                    new Console(new ByteArrayInputStream(new byte[0]), silence, silence, environment, false, false);
            TrainingNetwork.run(quiet, () -> COMMANDS.forEach(words -> Main.run(quiet, words.toArray(String[]::new))));
            return ExitCode.DONE;
        } finally {
            delete(state);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
