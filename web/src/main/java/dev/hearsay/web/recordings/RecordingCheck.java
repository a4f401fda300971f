package dev.hearsay.web.recordings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.live.replay.Verification;
import dev.hearsay.wire.Json;
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
        json.writeObjectFieldStart("verification");
        switch (progress) {
            case Progress.None none -> json.writeStringField("state", "none");
            case Progress.Running(long lines) -> {
                json.writeStringField("state", "running");
                json.writeNumberField("lines", lines);
            }
            case Progress.Failed(String why) -> {
                json.writeStringField("state", "failed");
                json.writeStringField("why", why);
            }
            case Progress.Done(List<Verification.Life> lives) -> {
                json.writeStringField("state", "done");
                Json.array("lives", lives, json, life -> write(life, json));
            }
        }
        json.writeEndObject();
    }

    private static void write(Verification.Life life, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("node", life.node());
        json.writeStringField("address", life.address().toString());
        json.writeNumberField("life", life.life());
        json.writeNumberField("inputs", life.inputs());
        json.writeNumberField("signals", life.events());
        json.writeStringField("digest", life.digest());
        json.writeStringField(
                "outcome", life.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        json.writeStringField("detail", life.detail());
        json.writeEndObject();
    }
}
