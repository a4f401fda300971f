package dev.hearsay.bench.command;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.Child;
import dev.hearsay.bench.process.FailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command as people run it, through its launcher.
 *
 * @param logs where its output goes
 * @param state where it keeps its networks, so that it never meets those of the person who runs this
 */
record Gossip(BenchSettings settings, Path logs, Path state) {

    /** For a section, whose networks and logs are its own. */
    static Gossip of(BenchSettings settings, String section) throws IOException {
        return new Gossip(settings, settings.logs(section), settings.output().resolve("state"));
    }

    /** The launcher builds the program on first use. */
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

    /** Lets the launcher build, if it has to; otherwise that would count as the command's own time. */
    void build() throws FailedException, InterruptedException {
        run("build", BUILD_LIMIT, "--version");
    }

    /** Runs it with these arguments; the name is that of its log. */
    Child.Ended run(String name, Duration limit, String... arguments) throws FailedException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(settings.root().resolve("gossip").toString());
        command.addAll(List.of(arguments));
        Path log = logs.resolve(name + ".log");
        try {
            return new Child(command, Map.of("XDG_STATE_HOME", state.toString()), log, limit).run();
        } catch (FailedException e) {
            throw new FailedException("./gossip " + String.join(" ", arguments) + " " + e.getMessage(), e);
        }
    }
}
