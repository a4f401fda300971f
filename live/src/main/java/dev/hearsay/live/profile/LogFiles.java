package dev.hearsay.live.profile;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.keys.PrivateFiles;
import dev.hearsay.live.log.AppendedFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The log files of one process, some of them shared with others. */
public final class LogFiles implements AutoCloseable {

    private static final int SAME_SECOND_MAX = 10_000;

    /** What is larger is moved away, to the same name with {@code .1}. */
    private static final long BYTES_MAX = 64L << 20;

    private static final int OLD_FILES = 1;

    private final AppendedFile own;
    private final List<AppendedFile> files;

    private LogFiles(AppendedFile own, List<AppendedFile> files) {
        this.own = own;
        this.files = files;
    }

    /**
     * The files of the consensus network: {@code outputfile.txt}, shared by all, and {@code logs/output_YYYYMMDD_HHMMSS*.log} for this process alone,
     * never one that exists.
     */
    public static LogFiles consensus(Path directory, Instant started) throws IOException {
        Path logs = PrivateFiles.createDirectories(directory.resolve("logs"));
        String name = "output_" + Times.inFileName(started);
        for (int attempt = 0; attempt < SAME_SECOND_MAX; attempt++) {
            Path own = logs.resolve(name + (attempt == 0 ? "" : "_" + attempt) + ".log");
            try {
                AppendedFile alone = AppendedFile.create(own, BYTES_MAX, OLD_FILES);
                return new LogFiles(alone, List.of(open(directory.resolve("outputfile.txt")), alone));
            } catch (FileAlreadyExistsException taken) {
                // Another process of the same second has that name; the next number may be free.
            }
        }
        throw new IOException("there are already " + SAME_SECOND_MAX + " files " + logs.resolve(name) + "*.log");
    }

    /** The files of the classic network: {@code seed_<ip>_<port>.log}, or {@code peer_<ip>_<port>.log} and {@code output.txt}. */
    public static LogFiles classic(Path directory, NodeId node, boolean isSeed) throws IOException {
        PrivateFiles.createDirectories(directory);
        String name = (isSeed ? "seed_" : "peer_") + node.host() + "_" + node.port() + ".log";
        List<AppendedFile> files = new ArrayList<>();
        files.add(open(directory.resolve(name)));
        if (!isSeed) {
            files.add(open(directory.resolve("output.txt")));
        }
        return new LogFiles(files.getFirst(), files);
    }

    private static AppendedFile open(Path file) throws IOException {
        return AppendedFile.rolling(file, BYTES_MAX, OLD_FILES);
    }

    /** Appends a line to each file. */
    public void append(String line) throws IOException {
        append(line, files);
    }

    /** Appends a line that is nobody else's business to the file that this process, or this node, has for itself. */
    public void appendApart(String line) throws IOException {
        append(line, List.of(own));
    }

    private static void append(String line, List<AppendedFile> files) throws IOException {
        String whole = line.replace('\n', ' ').replace('\r', ' ') + "\n";
        for (AppendedFile file : files) {
            file.append(whole);
        }
    }

    /** {@code [2026-02-24 20:32:48] [SEED:6000] INFO - …}. */
    public static String consensusLine(long atMicros, NodeId node, boolean isSeed, LogLine line) {
        return "[" + Times.of(atMicros) + "] [" + (isSeed ? "SEED:" : "PEER:") + node.port() + "] " + line.level()
                + " - " + line.text();
    }

    /** {@code [2025-02-16 22:04:52] …}. */
    public static String classicLine(long atMicros, LogLine line) {
        return "[" + Times.of(atMicros) + "] " + line.text();
    }

    @Override
    public void close() throws IOException {
        for (AppendedFile file : files) {
            file.close();
        }
    }
}
