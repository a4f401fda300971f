package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that name tests as proofs name tests that exist. */
class ProofsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|Contract))(?:\\.(\\w+))?`");
    private static final Pattern CASE = Pattern.compile("\\bcases? (\\d\\.\\d+)(?:(?:, | to )(\\d\\.\\d+))?");

    /** The sources of all test classes of that name; there may be one in each of several packages. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("core", "wire", "sim", "learn", "live", "web", "cli", "browser")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    @ParameterizedTest
    @ValueSource(strings = {"features.md", "security.md", "limits.md", "learn.md", "simulator.md"})
    void everyTestThatIsNamedExists(String document) throws IOException {
        Map<String, String> tests = tests();
        String text = Files.readString(ROOT.resolve("docs").resolve(document));
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Matcher proof = NAMED.matcher(text); proof.find(); named++) {
            String source = tests.getOrDefault(proof.group(1), "");
            String method = proof.group(2);
            boolean isThere = method == null ? !source.isEmpty() : isTest(source, method);
            if (!isThere) {
                missing.add(proof.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isPositive();
    }

    /** A promise without a proof is none. */
    @Test
    void noRowIsWithoutAProof() throws IOException {
        List<String> bare = Files.readAllLines(ROOT.resolve("docs").resolve("features.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| proof |"))
                .filter(line -> !NAMED.matcher(lastCell(line)).find())
                .toList();
        assertThat(bare).isEmpty();
    }

    private static String lastCell(String row) {
        return row.substring(row.lastIndexOf(" | "));
    }

    /** What users of five systems were promised, as systems and numbers of their rows. */
    @ParameterizedTest
    @CsvSource({"A, 8", "B, 5", "C, 14", "D, 7", "E, 6"})
    void everyRowOfTheFiveSystemsHasAProof(String system, int rows) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs").resolve("features.md"));
        for (int row = 1; row <= rows; row++) {
            String begin = "| " + system + row + " |";
            assertThat(lines)
                    .as(begin)
                    .anyMatch(line -> line.startsWith(begin)
                            && NAMED.matcher(lastCell(line)).find());
        }
    }

    /** Whether there is a method of that name with an annotation that makes it a test, and not only a helper. */
    private static boolean isTest(String source, String method) {
        int place = source.indexOf("\n    void " + method + "(");
        if (place < 0) {
            return false;
        }
        String annotations = source.substring(source.lastIndexOf("\n\n", place), place);
        return annotations.contains("@Test") || annotations.contains("@ParameterizedTest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"features.md", "security.md"})
    void everyCaseThatIsNamedExists(String document) throws IOException {
        String cases = Files.readString(ROOT.resolve("docs").resolve("test-cases.md"));
        Matcher named = CASE.matcher(Files.readString(ROOT.resolve("docs").resolve(document)));
        assertThat(named.find()).isTrue();
        do {
            assertThat(cases).contains("| " + named.group(1) + " |");
            if (named.group(2) != null) {
                assertThat(cases).contains("| " + named.group(2) + " |");
            }
        } while (named.find());
    }
}
