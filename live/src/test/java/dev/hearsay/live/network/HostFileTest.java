package dev.hearsay.live.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearsay.live.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostFileTest {

    private static final Path PROC = Path.of("/proc");

    private static HostFile of(long pid, String process) {
        return new HostFile("all", pid, process, 4711, "secret", List.of(NodeName.of(1)), Instant.EPOCH, null);
    }

    @Test
    void aProcessIsKnownByWhatNoClockCanChange() throws IOException {
        assumeTrue(Files.exists(PROC.resolve("self/stat")), "Linux only");
        HostFile own = HostFile.ofThisProcess("all", 4711, "secret", List.of(NodeName.of(1)), Instant.EPOCH, null);
        String ticks = Files.readString(PROC.resolve("self/stat"))
                .replaceFirst("^.*\\) ", "")
                .split(" ", -1)[19];
        String boot =
                Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        assertThat(own.process()).isEqualTo(boot + " " + ticks);
        assertThat(own.isAlive()).isTrue();
        assertThat(of(own.pid(), boot + " " + (Long.parseLong(ticks) - 1)).isAlive())
                .as("another process had this number before")
                .isFalse();
        assertThat(of(own.pid(), "00000000-0000-0000-0000-000000000000 " + ticks)
                        .isAlive())
                .as("the machine was started again")
                .isFalse();
    }

    @Test
    void aKilledProcessThatNobodyHasReapedIsDead() throws Exception {
        assumeTrue(Files.exists(PROC.resolve("self/stat")), "Linux only");
        // A parent that never asks for the end of its child, as in a container without an init.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            HostFile child = of(pid, ProcessIdentity.of(pid).orElseThrow());
            assertThat(child.isAlive()).isTrue();
            assertThat(new ProcessBuilder("kill", "-9", Long.toString(pid))
                            .start()
                            .waitFor())
                    .isZero();
            Await.until(() -> "the end of the child", () -> stateOf(pid).equals("Z"));
            assertThat(ProcessHandle.of(pid).orElseThrow().isAlive())
                    .as("to the JVM it lives")
                    .isTrue();
            assertThat(child.isAlive()).isFalse();
            assertThat(child.handle()).isEmpty();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static String stateOf(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/stat"))
                    .replaceFirst("^.*\\) ", "")
                    .substring(0, 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileOfAnEarlierVersionIsStillUnderstood() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        String json = of(self.pid(), "x")
                .toJson()
                .replace("\"process\"", "\"pidStartedAt\"")
                .replace("\"x\"", "\"" + self.info().startInstant().orElseThrow() + "\"");
        assertThat(json).contains("pidStartedAt");
        assertThat(HostFile.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .isAlive())
                .isTrue();
    }
}
