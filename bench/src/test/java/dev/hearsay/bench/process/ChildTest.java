package dev.hearsay.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    @TempDir
    private Path folder;

    private Child shell(String script, Duration limit) {
        return new Child(List.of("/bin/sh", "-c", script), Map.of("WORD", "hello"), folder.resolve("log"), limit);
    }

    @Test
    void runsToItsEnd() throws Exception {
        Child.Ended ended =
                shell("echo $WORD; sleep 0.2", Duration.ofMinutes(1)).run();
        assertThat(folder.resolve("log")).hasContent("hello");
        assertThat(ended.wallMillis()).isGreaterThanOrEqualTo(200);
        assertThat(ended.peakBytes()).isPositive();
    }

    @Test
    void tellsOfAFailureInItsOwnLastWords() {
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> shell("echo no such thing; exit 3", Duration.ofMinutes(1))
                        .run())
                .withMessageStartingWith("ended with exit code 3 (no such thing), see ");
    }

    @Test
    void isKilledWhenItsTimeIsUp() throws Exception {
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() ->
                        shell("echo $$; exec sleep 600", Duration.ofMillis(300)).run())
                .withMessageContaining("took longer than");
        long pid = Long.parseLong(Files.readString(folder.resolve("log")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void saysWhatCannotBeRun() {
        Child child = new Child(List.of("/no/such/command"), Map.of(), folder.resolve("log"), Duration.ofMinutes(1));
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(child::run)
                .withMessageStartingWith("cannot run /no/such/command");
    }
}
