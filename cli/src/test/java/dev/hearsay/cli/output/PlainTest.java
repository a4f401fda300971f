package dev.hearsay.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {

    @Test
    void leavesWhatIsSeenAsItIs() {
        String text = "apple, Äpfel, りんご, 🍎, 👩‍🚀, \\n";
        assertThat(Plain.of(text)).isEqualTo(text);
    }

    @Test
    void disarmsWhatATerminalWouldObey() {
        assertThat(Plain.of("a\u001B[2Jb\u0007\u009Bc\u007F")).isEqualTo("a\\u{1b}[2Jb\\u{7}\\u{9b}c\\u{7f}");
        assertThat(Plain.of("one\ntwo\r\tthree")).isEqualTo("one\\ntwo\\r\\tthree");
    }

    @Test
    void showsWhatDeceivesReaders() {
        // Right-to-left override, zero width space, line separator, half a surrogate pair.
        assertThat(Plain.of("a\u202Eb\u200Bc\u2028d\uD800e")).isEqualTo("a\\u{202e}b\\u{200b}c\\u{2028}d\\u{d800}e");
    }

    @ParameterizedTest
    @CsvSource({"apple, 5", "Äpfel, 5", "りんご, 6", "🍎, 2", "e\u0301, 1", "'', 0"})
    void countsColumns(String text, int columns) {
        assertThat(Plain.width(text)).isEqualTo(columns);
    }

    @Test
    void cutsAtAColumn() {
        assertThat(Plain.cut("apple", 5)).isEqualTo("apple");
        assertThat(Plain.cut("apples", 5)).isEqualTo("appl…");
        assertThat(Plain.cut("りんごりんご", 6)).isEqualTo("りん…");
    }
}
