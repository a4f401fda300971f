package dev.hearsay.live.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.keys.Ed25519;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is read alike whatever editor wrote it, on whatever system. */
class TextFileTest {

    @TempDir
    Path folder;

    /** How editors write one text. */
    private List<Path> written(String text) throws IOException {
        return List.of(
                write("plain", "", text, StandardCharsets.UTF_8),
                write("mark", "\uFEFF", text, StandardCharsets.UTF_8),
                write("windows", "\uFEFF", text.replace("\n", "\r\n"), StandardCharsets.UTF_8),
                write("blanks", "", text.replace("\n", " \t\r\n"), StandardCharsets.UTF_8),
                write("old-mac", "", text.replace("\n", "\r"), StandardCharsets.UTF_8),
                write("little", "\uFEFF", text.replace("\n", "\r\n"), StandardCharsets.UTF_16LE),
                write("big", "\uFEFF", text, StandardCharsets.UTF_16BE));
    }

    private Path write(String name, String mark, String text, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), (mark + text).getBytes(charset));
    }

    @Test
    void everyWayToWriteATextIsRead() throws IOException {
        for (Path file : written("first ü\nsecond\n")) {
            assertThat(TextFile.lines(file)).as("%s", file).containsExactly("first ü", "second");
            assertThat(TextFile.firstLine(file)).isEqualTo("first ü");
        }
        assertThat(TextFile.firstLine(write("empty", "", "", StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void listsOfSeedsAndKeysAreReadAlike() throws IOException {
        for (Path file : written("127.0.0.1:6000\n127.0.0.1,6001\n")) {
            assertThat(SeedConfig.read(file).seeds().keySet())
                    .as("%s", file)
                    .containsExactly(new NodeId("127.0.0.1", 6000), new NodeId("127.0.0.1", 6001));
        }
        Ed25519 keys = Ed25519.generate();
        KeyFile.write(folder.resolve("key"), keys);
        for (Path file : written(Files.readString(folder.resolve("key")))) {
            assertThat(KeyFile.read(file).publicKey()).as("%s", file).isEqualTo(keys.publicKey());
        }
    }

    @Test
    void whatIsNoTextIsRefusedByNameAndLine() throws IOException {
        Path unmarked = write("unmarked", "", "127.0.0.1:6000\n127.0.0.1:6001\n", StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> SeedConfig.read(unmarked))
                .hasMessageStartingWith(unmarked + ", line 1, holds NUL characters");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("127.0.0.1:6000\n# Mu".getBytes(StandardCharsets.US_ASCII));
        bytes.write(0xFC);
        bytes.writeBytes("nchen\n".getBytes(StandardCharsets.US_ASCII));
        Path latin = Files.write(folder.resolve("latin"), bytes.toByteArray());
        assertThatThrownBy(() -> SeedConfig.read(latin)).hasMessageStartingWith(latin + ", line 2, is not UTF-8");
    }
}
