package dev.hearsay.live.recording;

import dev.hearsay.wire.RecordingJson;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.VersionException;
import dev.hearsay.wire.WireException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording or a trace, line by line: its size does not matter. Not thread-safe.
 *
 * <p>What was cut off at the end, as when the process that wrote it was killed, is left out and said; anything else out of order is an error.
 */
public final class RecordingSource implements AutoCloseable {

    /** Beyond so many lines it is no recording that anybody wants to wait for. */
    private static final long LINES_MAX = 50_000_000;

    /** A message has at most 8 MiB. */
    private static final int LINE_BYTES_MAX = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final String name;
    private final InputStream in;
    private final long linesMax;
    private final RecordingJson json = new RecordingJson();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private RecordingLine.@Nullable Header header;
    private String text = "";
    private long lines;
    private boolean hasEnded;
    private boolean isCutShort;

    private RecordingSource(String name, InputStream in, long linesMax) {
        this.name = name;
        this.in = in;
        this.linesMax = linesMax;
    }

    /**
     * Opens a file.
     *
     * @throws RecordingException if it is not there, or nothing that can be read
     */
    public static RecordingSource open(Path file) throws RecordingException {
        return open(file, LINES_MAX);
    }

    static RecordingSource open(Path file, long linesMax) throws RecordingException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new RecordingException(name + " is a folder, not a recording");
        }
        try {
            InputStream raw = Files.newInputStream(file);
            try {
                return new RecordingSource(name, content(raw), linesMax);
            } catch (IOException e) {
                try (raw) {
                    throw e;
                }
            }
        } catch (NoSuchFileException e) {
            throw new RecordingException("there is no file " + name, e);
        } catch (EOFException e) {
            throw new RecordingException(name + " is cut off before its first line", e);
        } catch (IOException e) {
            throw new RecordingException(unreadable(name, e), e);
        }
    }

    private static InputStream content(InputStream file) throws IOException {
        InputStream raw = new BufferedInputStream(file, BUFFER_BYTES);
        raw.mark(2);
        int magic = raw.read() << Byte.SIZE | raw.read();
        raw.reset();
        return magic == GZIP_MAGIC
                ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER_BYTES), BUFFER_BYTES)
                : raw;
    }

    /** Why a file cannot be read, in a sentence. */
    static String unreadable(String name, IOException e) {
        return switch (e) {
            // The messages of these begin with the file again, and that of the first is nothing else.
            case AccessDeniedException denied -> "there is no permission to read " + name;
            case FileSystemException other -> name + " cannot be read: " + other.getReason();
            default -> name + " cannot be read: " + e.getMessage();
        };
    }

    /** The next line; null if there are no more. */
    public @Nullable RecordingLine next() throws RecordingException {
        if (hasEnded || !readLine()) {
            return over();
        }
        text = line.toString(StandardCharsets.UTF_8);
        lines++;
        if (lines > linesMax) {
            throw new RecordingException(
                    name + " has more than " + linesMax + " lines; record a shorter time with --last");
        }
        RecordingLine next;
        try {
            next = json.read(text);
        } catch (VersionException e) {
            throw new RecordingException(name + " is " + e.getMessage() + "; a newer program can read it", e);
        } catch (WireException e) {
            String what = lines == 1
                    ? name + " is not a recording: line 1 is "
                    : name + " is damaged: line " + lines + " is ";
            throw new RecordingException(what + "no line of one (" + e.getMessage() + ")", e);
        }
        if (next instanceof RecordingLine.Header first) {
            if (lines > 1) {
                throw new RecordingException(name + " is damaged: line " + lines + " begins another recording");
            }
            header = first;
        }
        if (next instanceof RecordingLine.End(long before)) {
            if (before != lines - 1) {
                throw new RecordingException(name + " is damaged: it should have " + before
                        + " lines before its last one, and has " + (lines - 1));
            }
            hasEnded = true;
            // What is behind it is read too: only there a compressed file shows whether its content is what it was.
            if (readLine() || line.size() > 0) {
                throw new RecordingException(name + " is damaged: something follows its last line");
            }
        }
        return next;
    }

    private @Nullable RecordingLine over() throws RecordingException {
        if (lines == 0) {
            throw new RecordingException(
                    isCutShort ? name + " is cut off before its first line ends" : name + " is empty");
        }
        isCutShort |= header != null && !hasEnded;
        return null;
    }

    /** Reads up to a line break; false if there is no whole line any more. */
    private boolean readLine() throws RecordingException {
        line.reset();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    return true;
                }
                // Nothing that is large and something else is read any further.
                if (b != '{' && lines == 0 && line.size() == 0) {
                    throw new RecordingException(
                            name + " is not a recording: line 1 is no JSON, and gossip record writes nothing else");
                }
                line.write(b);
                if (line.size() > LINE_BYTES_MAX) {
                    throw new RecordingException(
                            name + (lines == 0 ? " is not a recording: line 1" : " is damaged: line " + (lines + 1))
                                    + " has more than "
                                    + (LINE_BYTES_MAX >> 20) + " MiB");
                }
            }
            isCutShort |= line.size() > 0;
            return false;
        } catch (EOFException e) {
            isCutShort = true;
            return false;
        } catch (ZipException e) {
            throw new RecordingException(name + " is damaged after line " + lines + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RecordingException(unreadable(name, e), e);
        }
    }

    /** Why it is of no use after all. */
    public RecordingException refuse(String why) {
        return new RecordingException(name + " " + why);
    }

    /** The line that was read last, as it stands in the file. */
    public String text() {
        return text;
    }

    /** How many lines were read. */
    public long lines() {
        return lines;
    }

    /** What the recording says of itself; null for a trace without inputs. */
    public RecordingLine.@Nullable Header header() {
        return header;
    }

    /** Whether the end is missing; known once all was read. */
    public boolean isCutShort() {
        return isCutShort;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Nothing was written; there is nothing to lose.
        }
    }
}
