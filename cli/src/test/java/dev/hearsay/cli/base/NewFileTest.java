package dev.hearsay.cli.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("run");
    }

    @AfterEach
    void nothingElseIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).allMatch(file::equals);
        }
    }

    /** Another writes the same file while it is written. */
    private Path writeMeanwhile(boolean isForced) {
        return new NewFile(file, "-o", isForced).demand("run").write(part -> {
            Files.writeString(file, "of another");
            return Files.writeString(part, "own");
        });
    }

    @Test
    void whatAppearsMeanwhileIsReplacedOnlyIfThatIsWanted() throws Exception {
        assertThatThrownBy(() -> writeMeanwhile(false))
                .isInstanceOf(Failure.class)
                .hasMessage(file + " is there already.")
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThat(file).hasContent("of another");
        writeMeanwhile(true);
        assertThat(file).hasContent("own");
    }

    @Test
    void onlyWhatCannotBeWrittenIsSaidToBeSo() {
        NewFile target = new NewFile(file, "-o", false);
        assertThatThrownBy(() -> target.write(part -> {
                    throw new IOException("no space left on device");
                }))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(file + " cannot be written: ");
        Failure gone = Failure.failed("The process of node 3 is gone.", "", null);
        assertThatThrownBy(() -> target.write(part -> {
                    Files.writeString(part, "half");
                    throw gone;
                }))
                .isSameAs(gone);
        assertThat(file).doesNotExist();
    }
}
