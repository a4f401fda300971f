package dev.hearsay.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 20_000, 999_999_999})
    void carriesItsNumberAsBytesAndAsText(int number) {
        byte[] payload = Payload.of(number);
        assertThat(payload).hasSize(64);
        assertThat(Payload.number(payload, 0)).isEqualTo(number);
        String text = new String(payload, StandardCharsets.US_ASCII);
        assertThat(Payload.number(text)).isEqualTo(number);
        assertThat(Payload.number(("ab" + text).getBytes(StandardCharsets.US_ASCII), 2))
                .isEqualTo(number);
    }
}
