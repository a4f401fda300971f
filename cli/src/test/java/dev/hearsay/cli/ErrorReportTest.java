package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.cli.base.Console;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people see of something that went wrong. */
class ErrorReportTest {

    private static String reported(Throwable exception, boolean isDebugging) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                Map.of(),
                true,
                true,
                true);
        assertThat(new ErrorReport(console, new String[] {"status"}).report(exception, isDebugging))
                .isEqualTo(1);
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Messages have what strangers sent in them; a terminal would do what it says. */
    @Test
    void noControlCharacterOfAMessageReachesTheTerminal() {
        Exception exception = new IllegalStateException("red\u001B[31m\ttab", new Exception("bell\u0007\r\u009Bback"));
        exception.addSuppressed(new Exception("left\u202Ego"));
        for (boolean isDebugging : List.of(true, false)) {
            String text = reported(exception, isDebugging);
            assertThat(text).contains("red\\u{1b}[31m\\ttab");
            for (String line : text.split("\n", -1)) {
                assertThat(line.replaceFirst("^\t", "").chars())
                        .as(line)
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
            }
        }
        assertThat(reported(exception, true))
                .contains(
                        "\n\tat dev.hearsay.cli.ErrorReportTest",
                        "Caused by: java.lang.Exception: bell\\u{7}\n\\u{9b}back\n",
                        "Suppressed: java.lang.Exception: left\\u{202e}go\n");
        assertThat(reported(exception, false)).doesNotContain("\tat ");
    }
}
