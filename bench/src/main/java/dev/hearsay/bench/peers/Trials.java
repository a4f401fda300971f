package dev.hearsay.bench.peers;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.process.Child;
import dev.hearsay.bench.process.FailedException;
import dev.hearsay.bench.process.Jvm;
import dev.hearsay.bench.process.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs trials, each in a JVM of its own. */
record Trials(BenchSettings settings, String section, List<String> flags) {

    private static final Duration LIMIT = Duration.ofMinutes(8);

    /**
     * Runs one trial and adds what it finds to the figures.
     *
     * @throws FailedException if it does not come to its end; the figures are as before then
     */
    void run(Rival rival, Workload work, int repetition, Figures figures)
            throws FailedException, IOException, InterruptedException {
        String name = rival.label() + ", " + work.nodes() + " nodes, trial " + repetition;
        try (Scratch scratch = Scratch.make()) {
            Path folder = scratch.path();
            Path log = settings.logs(section).resolve(rival + "-" + work.nodes() + "-" + repetition + ".log");
            List<String> command =
                    Jvm.command(flags, Trial.class, List.of(rival.name(), work.toString(), folder.toString()));
            Child.Ended ended = new Child(command, Map.of(), log, LIMIT).run();
            figures.add(Trial.read(folder));
            settings.progress("  %s: %.1f s".formatted(name, ended.wallMillis() / 1e3));
        } catch (FailedException e) {
            settings.progress("  " + name + " failed");
            throw new FailedException(name + " " + e.getMessage(), e);
        }
    }
}
