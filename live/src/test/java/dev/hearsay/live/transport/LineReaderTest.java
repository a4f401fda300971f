package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Random64;
import dev.hearsay.wire.WireException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static List<String> read(LineReader reader, String piece) throws WireException {
        reader.add(Buffer.buffer(piece));
        List<String> lines = new ArrayList<>();
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
            lines.add(new String(line, UTF_8));
        }
        return lines;
    }

    @Test
    void findsTheSameLinesHoweverTheyAreCut() throws WireException {
        Random64 random = new Random64(1);
        for (int round = 0; round < 500; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                lines.add("x".repeat(random.nextInt(random.nextInt(2) == 0 ? 5 : 200)));
            }
            String text = String.join("\n", lines) + "\n";
            LineReader reader = new LineReader(200);
            List<String> found = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(100));
                found.addAll(read(reader, text.substring(at, next)));
                at = next;
            }
            assertThat(found).isEqualTo(lines);
            assertThat(reader.hasRest()).isFalse();
        }
    }

    @Test
    void knowsWhetherSomethingIsLeft() throws WireException {
        LineReader reader = new LineReader(10);
        assertThat(read(reader, "a\n \r")).containsExactly("a");
        assertThat(reader.hasRest()).isFalse();
        assertThat(read(reader, "b")).isEmpty();
        assertThat(reader.hasRest()).isTrue();
    }

    @Test
    void refusesALineThatIsTooLongBeforeAndAfterItEnds() throws WireException {
        assertThat(read(new LineReader(3), "abc\n")).containsExactly("abc");
        assertThatThrownBy(() -> read(new LineReader(3), "abcd\n")).hasMessage("a line of more than 3 bytes");
        assertThatThrownBy(() -> read(new LineReader(3), "abcd")).hasMessage("a line of more than 3 bytes");
        LineReader reader = new LineReader(3);
        assertThat(read(reader, "ab")).isEmpty();
        assertThatThrownBy(() -> read(reader, "cd")).isInstanceOf(WireException.class);
    }
}
