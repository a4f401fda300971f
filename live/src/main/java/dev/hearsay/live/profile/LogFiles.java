package dev.hearsay.live.profile;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.keys.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The log files of one process. Each line goes out in one write at the end of the file, so processes that share a file do not tear each other's
 * lines.
 */
public final class LogFiles implements AutoCloseable {

    private static final int SAME_SECOND_MAX = 10_000;

    private final FileChannel own;
    private final List<FileChannel> channels;

    private LogFiles(FileChannel own, List<FileChannel> channels) {
        this.own = own;
        this.channels = channels;
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
                FileChannel alone = PrivateFiles.open(own, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return new LogFiles(alone, List.of(appendTo(directory.resolve("outputfile.txt")), alone));
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
        List<FileChannel> channels = new ArrayList<>();
        channels.add(appendTo(directory.resolve(name)));
        if (!isSeed) {
            channels.add(appendTo(directory.resolve("output.txt")));
        }
        return new LogFiles(channels.getFirst(), channels);
    }

    private static FileChannel appendTo(Path file) throws IOException {
        return PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Appends a line to each file. */
    public void append(String line) throws IOException {
        append(line, channels);
    }

    /** Appends a line that is nobody else's business to the file that this process, or this node, has for itself. */
    public void appendApart(String line) throws IOException {
        append(line, List.of(own));
    }

    private static void append(String line, List<FileChannel> channels) throws IOException {
        byte[] bytes = (line.replace('\n', ' ').replace('\r', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
        for (FileChannel channel : channels) {
            channel.write(ByteBuffer.wrap(bytes));
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
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
