package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writing down what nodes live through, from their beginning. */
public final class RecordOption {

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Write what the nodes live through into FILE, to be watched and verified later; compressed if it"
                            + " ends with .gz. With several processes each that starts now writes its own, such as run-s1.jsonl.gz.")
    private @Nullable Path file;

    /**
     * The file, whole, as processes elsewhere find it; null if nothing is to be recorded.
     *
     * @throws Failure if something is there already
     */
    public @Nullable Path file() {
        if (file == null) {
            return null;
        }
        Path whole = file.toAbsolutePath();
        if (Files.exists(whole)) {
            throw Failure.usage("The recording " + file + " is there already.", "Choose another name, or remove it.");
        }
        Path folder = whole.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw Failure.usage("There is no folder for the recording " + file + ".", "Make it first.");
        }
        return whole;
    }
}
