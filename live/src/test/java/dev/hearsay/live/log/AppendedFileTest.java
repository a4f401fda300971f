package dev.hearsay.live.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What logrotate and people do to a log while it is written. */
class AppendedFileTest {

    @TempDir
    Path folder;

    @Test
    void oneThatWasMovedAwayIsBegunAnew() throws Exception {
        Path path = folder.resolve("log");
        try (AppendedFile file = AppendedFile.rolling(path, 1_000, 1)) {
            file.append("one\n");
            Files.move(path, folder.resolve("log.1"));
            file.append("two\n");
            Files.delete(path);
            file.append("three\n");
            Files.move(path, folder.resolve("log.2"));
            Files.writeString(path, "another's\n");
            file.append("four\n");
        }
        assertThat(folder.resolve("log.1")).hasContent("one");
        assertThat(folder.resolve("log.2")).hasContent("three");
        assertThat(path).hasContent("another's\nfour");
    }

    @Test
    void aThreadThatIsInterruptedDoesNotEndItForTheOthers() throws Exception {
        Path path = folder.resolve("log");
        try (AppendedFile file = AppendedFile.create(path, 1_000, 1)) {
            file.append("one\n");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> file.append("lost\n")).isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
            file.append("two\n");
        }
        assertThat(path).hasContent("one\ntwo");
    }

    @Test
    void oneThatWasEmptiedHasNoHoles() throws Exception {
        Path path = folder.resolve("log");
        try (AppendedFile file = AppendedFile.create(path, 1_000, 1)) {
            file.append("a long first line\n");
            // logrotate's copytruncate, and people's `> log`
            Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
            file.append("two\n");
        }
        assertThat(Files.readString(path)).isEqualTo("two\n");
        assertThatThrownBy(() -> AppendedFile.create(path, 1_000, 1)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void severalMayWriteAndWhoeverRollsOneLosesNothing() throws Exception {
        Path path = folder.resolve("log");
        try (AppendedFile one = AppendedFile.rolling(path, 100, 2);
                AppendedFile other = AppendedFile.rolling(path, 100, 2)) {
            for (int i = 0; i < 18; i++) {
                one.append("0123456789 one\n");
                other.append("0123456789 two\n");
            }
        }
        for (Path part : new Path[] {path, Path.of(path + ".1"), Path.of(path + ".2")}) {
            assertThat(Files.readAllLines(part))
                    .hasSize(part.equals(path) ? 1 : 7)
                    .allMatch(line -> line.matches("\\d{10} (one|two)"));
        }
        assertThat(Path.of(path + ".3")).doesNotExist();
    }
}
