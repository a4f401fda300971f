package dev.hearsay.live.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.profile.LogFiles;
import dev.hearsay.live.recording.BackgroundRecording;
import dev.hearsay.live.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    Path directory;

    @Test
    void whatNodesWriteIsForTheirOwnerOnly() throws Exception {
        Path files = directory.resolve("network");
        KeyFile.readOrCreate(files.resolve("keys").resolve("a.key"));
        try (LogFiles consensus = LogFiles.consensus(files, Instant.EPOCH);
                LogFiles classic = LogFiles.classic(files, new NodeId("127.0.0.1", 1), false)) {
            consensus.append("a line");
            classic.append("a line");
        }
        BackgroundRecording.create(files.resolve("run.jsonl.gz")).close();
        PrivateFiles.touch(files.resolve("config.txt"));
        try (Stream<Path> all = Files.walk(files)) {
            List<Path> found = all.toList();
            assertThat(found).hasSizeGreaterThan(7);
            for (Path file : found) {
                assertThat(permissions(file))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void whatIsThereStaysAsItIs() throws Exception {
        Path shared = Files.writeString(directory.resolve("shared.txt"), "kept");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r--r--"));
        PrivateFiles.touch(shared);
        assertThat(shared).hasContent("kept");
        assertThat(permissions(shared)).isEqualTo("rw-r--r--");
    }

    @Test
    void aStoreIsPrivateInAFolderThatIsNot() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (SqliteStore store = SqliteStore.open(directory);
                Stream<Path> all = Files.list(directory)) {
            assertThat(store.isDurable()).isTrue();
            List<Path> found = all.toList();
            assertThat(found).isNotEmpty();
            for (Path file : found) {
                assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
            }
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
