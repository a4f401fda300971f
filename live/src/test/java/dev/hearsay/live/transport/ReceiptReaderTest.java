package dev.hearsay.live.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptReaderTest {

    private static int read(ReceiptReader reader, String text) {
        return reader.read(Buffer.buffer(text.replace("|", "\r\n")));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 204 No Content||, 204, false",
        "HTTP/1.1 204 No Content|Connection: close||, 204, true",
        "HTTP/1.0 200 OK|Content-Length: 2||ok, 200, true",
        "HTTP/1.1 413 Too large|content-length: 5|X: y||large, 413, false",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||0||, 200, true",
        "HTTP/1.1 100 Continue||, 0, false",
        "HTTP/1.1 20x OK||, -1, false",
        "HTTP/1.1 042 OK||, -1, false",
        "hello||, -1, false",
    })
    void readsTheStatus(String text, int status, boolean isLast) {
        ReceiptReader whole = new ReceiptReader();
        assertThat(read(whole, text)).isEqualTo(status);
        assertThat(whole.isLast()).isEqualTo(isLast);
    }

    @Test
    void readsAnswersInPieces() {
        String answer = "HTTP/1.1 503 Not available|Content-Length: 11||not a 204||";
        for (int cut = 1; cut < answer.length(); cut++) {
            ReceiptReader reader = new ReceiptReader();
            String text = answer.replace("|", "\r\n");
            int at = Math.min(cut, text.length() - 1);
            assertThat(reader.read(Buffer.buffer(text.substring(0, at)))).isZero();
            assertThat(reader.read(Buffer.buffer(text.substring(at)))).isEqualTo(503);
            assertThat(read(reader, "HTTP/1.1 204 No Content||")).isEqualTo(204);
        }
    }

    @Test
    void givesUpOnAHeadWithoutEnd() {
        ReceiptReader reader = new ReceiptReader();
        int status = 0;
        for (int i = 0; i < 20 && status == 0; i++) {
            status = read(reader, "x".repeat(1000));
        }
        assertThat(status).isEqualTo(ReceiptReader.GARBAGE);
    }
}
