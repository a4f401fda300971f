package dev.hearsay.web.recordings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.live.replay.Verification;
import dev.hearsay.wire.RecordJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verification of the recording that is shown, on a thread of its own; one at a time. Thread-safe. */
final class RecordingCheck {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingCheck.class);

    /** How far it is. */
    private sealed interface Progress {
        RecordJson JSON = new RecordJson()
                .oneOf(Progress.class, "state", "how far it is")
                .named(Verification.Life.class, "events", "signals")
                .text(
                        Verification.Outcome.class,
                        outcome -> outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Verification.Outcome::valueOf);

        record None() implements Progress {}

        record Running(long lines) implements Progress {}

        record Done(List<Verification.Life> lives) implements Progress {}

        record Failed(String why) implements Progress {}
    }

    private final Path file;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private volatile Progress progress = new Progress.None();

    RecordingCheck(Path file) {
        this.file = file;
    }

    /** Begins, unless it has begun and is not over. */
    void begin() {
        if (isRunning.compareAndSet(false, true)) {
            progress = new Progress.Running(0);
            Thread.ofPlatform().daemon().name("verification").start(this::run);
        }
    }

    private void run() {
        try {
            progress = new Progress.Done(Verification.of(file, lines -> progress = new Progress.Running(lines)));
        } catch (RecordingException e) {
            progress = new Progress.Failed(e.getMessage() + ".");
        } catch (RuntimeException e) {
            LOG.error("The verification of {} failed", file, e);
            progress = new Progress.Failed("The verification failed; the log of gossip replay says more.");
        } finally {
            isRunning.set(false);
        }
    }

    void write(JsonGenerator json) throws IOException {
        json.writeFieldName("verification");
        Progress.JSON.write(progress, json);
    }
}
