package dev.hearsay.live.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import org.junit.jupiter.api.Test;

class EventTextTest {

    private static final NodeId A = new NodeId("127.0.0.1", 7001);
    private static final NodeId B = new NodeId("127.0.0.1", 7002);
    private static final RumorId ID = new RumorId(0x0123456789abcdefL, 0, 0, 0);

    @Test
    void saysWhenWhoAndWhat() {
        assertThat(EventText.line(1_767_323_045_000_001L, A, new RumorProtocol.Duplicate(ID, B, 2)))
                .isEqualTo("2026-01-02T03:04:05.000001Z 127.0.0.1:7001"
                        + " received 0123456789ab again from 127.0.0.1:7002 after 2 hops");
    }
}
