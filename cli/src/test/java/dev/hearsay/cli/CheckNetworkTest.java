package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that checks networks: that all of its checks pass, that they can fail, and that it leaves nothing behind. */
@Tag("slow")
class CheckNetworkTest {

    private static final Path CASES = Path.of("..", "docs", "test-cases.md");

    @TempDir
    Path home;

    private Path temporary;
    private Gossip gossip;

    @BeforeEach
    void begin() throws IOException {
        temporary = Files.createDirectory(home.resolve("temporary"));
        gossip = new Gossip(home).with("TMPDIR", temporary.toString());
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    /** What this process has started and what is not gone, be it in a session of its own. */
    private static List<ProcessHandle> running() {
        return ProcessHandle.current().descendants().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    // Six stages with dozens of processes: a machine with other work needs longer than what is enough for any other
    // test.
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void passesAllCasesOfTheDocumentAndLeavesNothing() throws Exception {
        JsonObject report = gossip.line("check-network --within 60s -o json").json();
        List<String> ids = new ArrayList<>();
        for (JsonObject result : report.objects("results")) {
            assertThat(result.flag("passed"))
                    .as("%s %s: %s", result.text("id"), result.text("check"), result.text("evidence"))
                    .isTrue();
            assertThat(result.text("evidence")).isNotBlank();
            ids.add(result.text("id"));
        }
        assertThat(report.integer("passed")).isEqualTo(ids.size());
        assertThat(ids)
                .isEqualTo(found("^\\| \\d\\.\\d+(?= \\|)", Files.readString(CASES)).stream()
                        .map(row -> row.substring(2))
                        .toList());
        assertThat(left()).isEmpty();
        // What has ended is seen until this process has asked how.
        Gossip.await("the end of all nodes", () -> running().isEmpty());
        // Nothing of it among the user's networks.
        assertThat(gossip.line("networks").ok().out()).contains("There are no networks");
    }

    /** Peers that look at their neighbours once an hour. Chance probes may find the dead all the same, but nobody suspects it in time. */
    @Test
    void failsWhereTheDeadAreNotNoticedAndKeepsTheLogs() throws Exception {
        var result = gossip.line("check-network --stage 5 --ping-interval 1h --within 3s --keep")
                .fails(1);
        assertThat(result.out())
                .contains("FAIL 5.2", "nobody suspects peer 5", "The logs are in " + temporary)
                .containsPattern("[0-6] of 7 checks passed");
        assertThat(left())
                .singleElement()
                .satisfies(folder -> assertThat(folder).isDirectoryRecursivelyContaining("glob:**/outputfile.txt"));
        // What has ended is seen until this process has asked how.
        Gossip.await("the end of all nodes", () -> running().isEmpty());
    }

    @Test
    void interruptedItTakesEverythingAway() throws Exception {
        Path out = home.resolve("out");
        List<String> command = new ArrayList<>(Gossip.HEARING_INTERRUPTS);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "check-network",
                "--stage",
                "5",
                "--keep"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(gossip.environment());
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        List<ProcessHandle> nodes;
        try {
            Gossip.await(
                    "a check that passes",
                    Duration.ofMinutes(8),
                    () -> read(out).contains("PASS 5.1"));
            nodes = process.descendants().toList();
            // The next check may have killed one of the eight already.
            assertThat(nodes).hasSizeGreaterThanOrEqualTo(7);
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            // A command that is killed cannot clean up, and its nodes are in sessions of their own.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(left()).isEmpty();
        Gossip.await("the end of all nodes", () -> nodes.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(out).content().doesNotContain("FAIL", "Exception");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(gossip.line("check-network --stage 7").fails(2).err()).contains("There is no stage 7");
        assertThat(gossip.line("check-network --within 0s").fails(2).err()).contains("longer than no time");
    }
}
