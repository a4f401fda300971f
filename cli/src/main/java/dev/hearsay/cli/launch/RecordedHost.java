package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.recording.BackgroundRecording;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A host that runs, and the file into which its life is written if that was asked for. Closing it stops the host and ends the file; harmless the second time. */
public final class RecordedHost implements AutoCloseable {

    private final Host host;
    private final @Nullable BackgroundRecording recording;

    private RecordedHost(Host host, @Nullable BackgroundRecording recording) {
        this.host = host;
        this.recording = recording;
    }

    /**
     * Begins to record a host that has just started.
     *
     * @param network what the network is called; empty if it has no name
     * @param file null if nothing is to be recorded
     * @throws Failure if the file cannot be written; the host is stopped then
     */
    public static RecordedHost of(Host host, String network, @Nullable Path file) {
        if (file == null) {
            return new RecordedHost(host, null);
        }
        try {
            return new RecordedHost(
                    host,
                    BackgroundRecording.start(
                            host.recorder(), network, file, BackgroundRecording.create(file), host::notice));
        } catch (IOException e) {
            host.close();
            throw Failure.failed("The recording cannot be written: " + Sentences.of(e), "", e);
        }
    }

    @Override
    public void close() {
        try {
            host.close();
            // Another thread may have been first, and still be at it.
            host.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (recording != null) {
                recording.close();
            }
        }
    }
}
