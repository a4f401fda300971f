package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.NewFile;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.node.EventText;
import dev.hearsay.live.recording.BackgroundRecording;
import dev.hearsay.live.recording.Kept;
import dev.hearsay.live.recording.RecordingMerge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gossip record}: what the processes of a network still remember of the lives of their nodes, as one file. */
@Command(
        name = "record",
        description = "Save what the nodes of a network have lived through, as far back as they remember.")
@Manual(
        examples = {
            "gossip record # into default.recording.jsonl.gz",
            "gossip record --last 30s -o incident.jsonl.gz",
            "gossip record --network two --force"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.NOT_RUNNING})
public final class RecordCommand extends GossipCommand {

    private static final long NANOS_PER_MICRO = 1000;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = NetworkDirectory.DEFAULT_NAME,
            description = "Which network, if there are several (default: ${DEFAULT-VALUE}).")
    private String network;

    @Option(
            names = "--last",
            paramLabel = "TIME",
            converter = Spans.class,
            description =
                    "No more than this, such as 30s. Lives that began before can then be watched, but not verified"
                            + " (default: all that is kept).")
    private @Nullable Long lastNanos;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it; compressed if it ends with .gz (default: NETWORK.recording.jsonl.gz).")
    private @Nullable Path output;

    @Option(names = "--force", description = "Overwrite FILE.")
    private boolean isForced;

    public RecordCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        LiveNetwork running = LiveNetwork.running(console(), network);
        Path file = output == null ? Path.of(network + ".recording.jsonl.gz") : output;
        NewFile target = new NewFile(file, "-o", isForced).demand("run.jsonl.gz");
        try (Progress progress = new Progress(console().err(), console().isAnimated())) {
            String words = target.write(part -> write(running, file, part, progress));
            progress.erase();
            console().out().println(words);
            console().out().flush();
            return ExitCode.DONE;
        }
    }

    private String write(LiveNetwork running, Path file, Path part, Progress progress) throws IOException {
        long sinceMicros =
                lastNanos == null ? 0 : Math.max(0, BackgroundRecording.nowMicros() - lastNanos / NANOS_PER_MICRO);
        try (OutputStream out = BackgroundRecording.create(part)) {
            RecordingMerge merge =
                    KeptByNetwork.write(running, out, sinceMicros, which -> progress.show("Recording …" + which));
            return words(file, merge, new KeptByNetwork(console(), network).kept(), sinceMicros);
        }
    }

    static String words(Path file, RecordingMerge merge, Kept kept, long sinceMicros) {
        long lives = merge.wholeLives() + merge.partialLives();
        String whole = merge.partialLives() == 0
                ? "from their beginning"
                : merge.wholeLives() + " of them from their beginning, the others can be watched but not verified";
        String dropped = kept.droppedLives() == 0 || kept.droppedMicros() < sinceMicros
                ? ""
                : "\nNothing is left of " + (kept.droppedLives() == 1 ? "1 life" : kept.droppedLives() + " lives")
                        + " that ended by " + EventText.time(kept.droppedMicros()) + ".";
        return "Recorded in " + file + ": " + (lives == 1 ? "1 life of a node" : lives + " lives of nodes") + ", "
                + whole + "." + dropped + "\nWatch it: gossip replay " + file
                + (merge.wholeLives() == 0 ? "" : "\nVerify it: gossip verify-replay " + file);
    }
}
