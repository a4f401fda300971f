package dev.hearsay.live.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.RumorProtocol;
import org.junit.jupiter.api.Test;

class EventRingTest {

    @Test
    void keepsTheLastOnesAndTheirNumbers() {
        EventRing ring = new EventRing(50, 1000);
        assertThat(ring.first()).isEqualTo(1001);
        assertThat(ring.last()).isEqualTo(1000);
        for (int i = 1; i <= 200; i++) {
            ring.add(i, new RumorProtocol.Forgotten(i));
            assertThat(ring.last()).isEqualTo(1000 + i);
            assertThat(ring.first()).isEqualTo(1000 + Math.max(1, i - 63));
            for (long number = ring.first(); number <= ring.last(); number++) {
                assertThat(ring.atMicros(number)).isEqualTo(number - 1000);
                assertThat(ring.event(number)).isEqualTo(new RumorProtocol.Forgotten((int) (number - 1000)));
            }
        }
        assertThat(ring.base()).isEqualTo(1000);
        assertThatThrownBy(() -> ring.event(1001)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ring.event(1201)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
