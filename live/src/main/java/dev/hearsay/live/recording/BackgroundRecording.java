package dev.hearsay.live.recording;

import dev.hearsay.live.keys.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what nodes live through into a file, from their beginning until it is closed, on a thread of its own. Nodes never wait for it: what it could not read off
 * a journal in time is missing in the file, which says so.
 */
public final class BackgroundRecording implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final RecordingFile recording;
    private final Consumer<String> notices;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private BackgroundRecording(Path file, RecordingFile recording, Consumer<String> notices) {
        this.file = file;
        this.recording = recording;
        this.notices = notices;
        this.thread = Thread.ofPlatform().name("recording").daemon().unstarted(this::run);
    }

    /**
     * Begins.
     *
     * @param network what the network is called; empty if it has no name
     * @param out the file, see {@link #create}; closed with the recording, and if it cannot begin
     * @param notices hears in a sentence if the file ends before its time
     */
    public static BackgroundRecording start(
            Recorder recorder, String network, Path file, OutputStream out, Consumer<String> notices)
            throws IOException {
        RecordingFile contents;
        try {
            contents = new RecordingFile(recorder, out, network, nowMicros(), 0);
        } catch (IOException e) {
            try (out) {
                throw e;
            }
        }
        var recording = new BackgroundRecording(file, contents, notices);
        recording.thread.start();
        return recording;
    }

    /**
     * Makes a file for a recording, compressed if its name ends with {@code .gz}.
     *
     * @throws IOException if it is there already, or cannot be written
     */
    public static OutputStream create(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(
                Channels.newOutputStream(
                        PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)),
                BUFFER_BYTES);
        // Flushed so that what was written can be read, however the process ends.
        return isCompressed(file) ? new GZIPOutputStream(out, BUFFER_BYTES, true) : out;
    }

    /** Whether recordings of this name are compressed. */
    public static boolean isCompressed(Path file) {
        return file.toString().endsWith(".gz");
    }

    /** Microseconds since 1970. */
    public static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void run() {
        try (recording) {
            do {
                recording.writeNews();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
            recording.writeNews();
            recording.finish();
        } catch (IOException e) {
            notices.accept("The recording " + file + " has ended, as it cannot be written any more: " + e.getMessage());
        } catch (RuntimeException | InterruptedException e) {
            notices.accept("The recording " + file + " has ended by a fault of this program: " + e);
        }
    }

    /** Writes what is left, and ends the file; harmless the second time. To be called once the nodes have stopped. */
    @Override
    public void close() {
        // No interrupt: it would close the file under a write.
        closing.countDown();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
