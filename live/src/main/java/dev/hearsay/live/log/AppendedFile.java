package dev.hearsay.live.log;

import dev.hearsay.live.keys.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A log, to which lines are appended, each in one write, so that processes that share it do not tear each other's. If somebody moves the file away it is begun anew; if somebody
 * empties it, what follows begins at its beginning. Its owner alone can read it.
 */
public final class AppendedFile implements AutoCloseable {

    private final Path path;
    private final long bytesMax;
    private final int oldFiles;
    private FileChannel channel;
    private @Nullable Object key;

    private AppendedFile(Path path, long bytesMax, int oldFiles, OpenOption create) throws IOException {
        this.path = path;
        this.bytesMax = bytesMax;
        this.oldFiles = oldFiles;
        this.channel = PrivateFiles.open(path, create, StandardOpenOption.APPEND);
        this.key = keyOf(path);
    }

    /** One that is moved away when it has so many bytes: to {@code path.1}, and what is there to {@code path.2}, and so on. */
    public static AppendedFile rolling(Path path, long bytesMax, int oldFiles) throws IOException {
        PrivateFiles.createDirectories(path.toAbsolutePath().resolveSibling(""));
        return new AppendedFile(path, bytesMax, oldFiles, StandardOpenOption.CREATE);
    }

    /**
     * The same, of one that is new.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is not
     */
    public static AppendedFile create(Path path, long bytesMax, int oldFiles) throws IOException {
        return new AppendedFile(path, bytesMax, oldFiles, StandardOpenOption.CREATE_NEW);
    }

    /** Appends a text as it is. */
    public synchronized void append(String text) throws IOException {
        follow();
        if (channel.size() >= bytesMax) {
            for (int i = oldFiles; i > 0; i--) {
                Path from = i == 1 ? path : Path.of(path + "." + (i - 1));
                if (Files.exists(from)) {
                    Files.move(from, Path.of(path + "." + i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            follow();
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Begins it anew if it is no longer there. */
    private void follow() throws IOException {
        Object now = keyOf(path);
        // A thread that is interrupted while it writes closes the channel for all.
        if (now == null || !now.equals(key) || !channel.isOpen()) {
            channel.close();
            channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            key = keyOf(path);
        }
    }

    /** What tells a file from another that has its path later; null if there is none. */
    private static @Nullable Object keyOf(Path path) throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
