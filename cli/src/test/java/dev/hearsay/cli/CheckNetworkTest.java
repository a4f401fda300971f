package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** The command that checks networks: that all of its checks pass, that they can fail, and that it leaves nothing behind. */
@Tag("slow")
class CheckNetworkTest extends GossipRun {

    private static final Path CASES = Path.of("..", "docs", "test-cases.md");

    private static final int LOG_LINES = 15;

    private Path temporary;

    @BeforeEach
    void begin() throws IOException {
        temporary = Files.createDirectory(home.resolve("temporary"));
        gossip.with("TMPDIR", temporary.toString());
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How the logs of a check that failed end, for whoever can read nothing but what a test says. */
    private String lastLines() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(f -> f.toString().matches(".*[.](log|out|txt)"))
                    .sorted()
                    .toList()) {
                List<String> lines = read(file).lines().toList();
                text.append("\n").append(temporary.relativize(file)).append(":\n");
                lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
                        .forEach(line -> text.append(line).append("\n"));
            }
        }
        return text.toString();
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
        Gossip.Result ended = gossip.line("check-network --within 60s --keep -o json");
        JsonObject report = ended.json();
        List<String> ids = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (JsonObject result : report.objects("results")) {
            String line = result.text("id") + " " + result.text("check") + ": " + result.text("evidence");
            if (!result.flag("passed")) {
                failed.add(line);
            }
            assertThat(result.text("evidence")).as(line).isNotBlank();
            ids.add(result.text("id"));
        }
        assertThat(failed)
                .as("what failed: %s; the logs end with%s", failed, lastLines())
                .isEmpty();
        ended.ok();
        assertThat(report.integer("passed")).isEqualTo(ids.size());
        assertThat(ids)
                .isEqualTo(found("^\\| \\d\\.\\d+(?= \\|)", Files.readString(CASES)).stream()
                        .map(row -> row.substring(2))
                        .toList());
        assertThat(left()).isEmpty();
        Gossip.awaitNobodyIn(home);
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
        Gossip.awaitNobodyIn(home);
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
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(gossip.environment());
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            Gossip.await(
                    "a check that passes",
                    Duration.ofMinutes(8),
                    () -> read(out).contains("PASS 5.1"));
            // The next check may have killed one of the eight already.
            assertThat(process.descendants().toList()).hasSizeGreaterThanOrEqualTo(7);
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it said " + read(out) + lastLines(), e);
        } finally {
            // A command that is killed cannot clean up, and its nodes are in sessions of their own.
            process.destroyForcibly();
        }
        assertThat(left()).isEmpty();
        Gossip.awaitNobodyIn(home);
        assertThat(out).content().doesNotContain("FAIL", "Exception");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(gossip.line("check-network --stage 7").fails(2).err()).contains("There is no stage 7");
        assertThat(gossip.line("check-network --within 0s").fails(2).err()).contains("longer than no time");
    }
}
