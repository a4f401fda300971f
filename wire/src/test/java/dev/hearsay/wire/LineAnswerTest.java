package dev.hearsay.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineAnswerTest {

    @Test
    void looksAsTheDocumentSays() {
        assertThat(LineAnswer.ACCEPTED.toLine()).asString(UTF_8).isEqualTo("{\"type\":\"ACCEPTED\"}\n");
        assertThat(LineAnswer.refused("no").toLine())
                .asString(UTF_8)
                .isEqualTo("{\"type\":\"ERROR\",\"reason\":\"no\"}\n");
        assertThat(new LineAnswer("wait", true).toLine())
                .asString(UTF_8)
                .isEqualTo("{\"type\":\"ERROR\",\"reason\":\"wait\",\"retry\":true}\n");
    }

    @Test
    void readsBackWhatItHasWritten() throws WireException {
        for (LineAnswer answer : new LineAnswer[] {
            LineAnswer.ACCEPTED, LineAnswer.refused("\"no\" – " + "x".repeat(5000)), new LineAnswer("wait", true)
        }) {
            assertThat(answer.toLine().length).isLessThan(LineAnswer.BYTES_MAX);
            assertThat(LineAnswer.read(answer.toLine())).isEqualTo(answer);
        }
    }

    @Test
    void aReasonStaysOnItsLine() throws WireException {
        LineAnswer answer = LineAnswer.read("{\"type\":\"ERROR\",\"reason\":\"a\\n\\u001b[31mb\"}".getBytes(UTF_8));
        assertThat(answer.error()).isEqualTo("a [31mb");
        assertThat(LineAnswer.read("{\"type\":\"ERROR\",\"reason\":\"\"}".getBytes(UTF_8))
                        .error())
                .isEqualTo("no reason given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                       | 'type' is missing",
                "{\"type\":\"PONG\",\"number\":1}         | an answer is either ACCEPTED or ERROR",
                "{\"type\":\"ERROR\"}                     | 'reason' is missing",
                "220 mail.example                         | not a JSON object",
            })
    void saysWhatIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> LineAnswer.read(text.getBytes(UTF_8)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(complaint);
    }
}
