package dev.hearsay.live.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no recordings, or not whole. */
class RecordingSourceTest {

    private static final String HEADER = "{\"v\":1,\"format\":\"hearsay recording\",\"network\":\"\",\"at\":1}\n";
    private static final String SIGNAL = "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"signal\":\"departed\"}\n";
    private static final String END = "{\"v\":1,\"end\":2}\n";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("run");
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private RecordingSource read() throws RecordingException {
        return read(RecordingSource.open(file));
    }

    private static RecordingSource read(RecordingSource opened) throws RecordingException {
        try (RecordingSource source = opened) {
            while (source.next() != null) {
                assertThat(source.text()).isNotEmpty();
            }
            return source;
        }
    }

    private void refused(byte[] content, String sentence) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(this::read)
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(sentence);
    }

    private void refused(String content, String sentence) throws IOException {
        refused(content.getBytes(UTF_8), sentence);
    }

    @Test
    void wholeOnesAreReadWhetherCompressedOrNot() throws Exception {
        Files.writeString(file, HEADER + SIGNAL + END);
        assertThat(read().isCutShort()).isFalse();
        Files.write(file, zipped(HEADER + SIGNAL + END));
        assertThat(read().lines()).isEqualTo(3);
        // A trace, as the dashboard exports it, has neither a first nor a last line of its own.
        Files.writeString(file, SIGNAL + SIGNAL);
        assertThat(read().isCutShort()).isFalse();
    }

    @Test
    void whatIsNoRecordingIsSaidToBeNone() throws Exception {
        refused("", "is empty");
        refused("{", "is cut off before its first line ends");
        refused("\n", "is not a recording: line 1 is no line of one");
        refused("hello\nworld\n", "is not a recording: line 1 is no JSON");
        refused("<!doctype html>\n<title>Hearsay</title>\n", "is not a recording: line 1 is no JSON");
        refused(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n'}, "is not a recording: line 1 is no JSON");
        refused(zipped("<!doctype html>\n"), "is not a recording: line 1 is no JSON");
        refused("{hello}\n", "is not a recording: line 1 is no line of one (not JSON");
        refused("{\"a\":1}\n", "is not a recording: line 1");
        refused(
                HEADER.replace("\"v\":1", "\"v\":9"),
                "is a recording of version 9; this program reads version 1; a newer program can read it");
        refused(
                SIGNAL.replace("\"v\":1", "\"v\":9"),
                "is a trace of version 9; this program reads version 1; a newer program can read it");
        refused(new byte[] {0x1f, (byte) 0x8b, 7, 7, 7}, "cannot be read");
        refused(HEADER.replace("hearsay recording", "a diary"), "is not a recording: line 1");
        refused(new byte[] {0x1f, (byte) 0x8b}, "is cut off before its first line");
        assertThatThrownBy(() -> RecordingSource.open(directory)).hasMessageEndingWith("is a folder, not a recording");
        assertThatThrownBy(() -> RecordingSource.open(directory.resolve("none")))
                .hasMessageStartingWith("there is no file ");
        assertThat(RecordingSource.unreadable("run", new AccessDeniedException("run")))
                .isEqualTo("there is no permission to read run");
        Files.writeString(file, "");
        assertThatThrownBy(() -> RecordingSource.open(file.resolve("run")))
                .hasMessage(file.resolve("run") + " cannot be read: Not a directory");
    }

    @Test
    void damageIsSaidWithItsLine() throws Exception {
        refused(HEADER + "{\"v\":1,\"at\":oops\n" + END, "is damaged: line 2 is no line of one (not JSON");
        refused(HEADER + HEADER + END, "is damaged: line 2 begins another recording");
        refused(HEADER + SIGNAL + SIGNAL + END, "is damaged: it should have 2 lines before its last one, and has 3");
        refused(HEADER + SIGNAL + END + SIGNAL, "is damaged: something follows its last line");
        for (String whole : new String[] {SIGNAL.repeat(1000), HEADER + SIGNAL + END}) {
            byte[] zipped = zipped(whole);
            Arrays.fill(zipped, zipped.length - 8, zipped.length - 4, (byte) 0);
            refused(zipped, "is damaged after line");
        }
    }

    @Test
    void aFileThatWasCutOffIsReadAsFarAsItGoes() throws Exception {
        byte[] whole = (HEADER + SIGNAL + END).getBytes(UTF_8);
        for (int length = HEADER.length(); length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(read().isCutShort()).as("%d bytes", length).isTrue();
        }
        byte[] zipped = zipped(HEADER + SIGNAL.repeat(1000) + "{\"v\":1,\"end\":1001}\n");
        for (int length : new int[] {zipped.length / 2, zipped.length - 12, zipped.length - 1}) {
            Files.write(file, Arrays.copyOf(zipped, length));
            assertThat(read().isCutShort())
                    .as("%d bytes of %d", length, zipped.length)
                    .isTrue();
        }
        refused("{\"v\":1,\"form", "is cut off before its first line ends");
    }

    @Test
    void howeverLongAFileIsItsLinesAreReadOneByOneUpToALimit() throws Exception {
        Files.writeString(file, SIGNAL.repeat(101));
        assertThatThrownBy(() -> read(RecordingSource.open(file, 100)))
                .hasMessage(file + " has more than 100 lines; record a shorter time with --last");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) '{');
            for (int i = 0; i < 17; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(this::read).hasMessage(file + " is not a recording: line 1 has more than 16 MiB");
    }

    @Test
    void ofTwoGigabytesNoMoreIsReadThanALine() throws Exception {
        Files.writeString(file, HEADER + SIGNAL);
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {'\n'}), 2L << 30);
        }
        assertThatThrownBy(this::read).hasMessage(file + " is damaged: line 3 has more than 16 MiB");
        Files.delete(file);
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {'\n'}), 2L << 30);
        }
        assertThatThrownBy(this::read).hasMessageStartingWith(file + " is not a recording: line 1 is no JSON");
    }
}
