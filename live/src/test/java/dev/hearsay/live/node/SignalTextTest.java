package dev.hearsay.live.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalTextTest {

    private static final NodeId A = new NodeId("127.0.0.1", 7001);
    private static final NodeId B = new NodeId("127.0.0.1", 7002);
    private static final RumorId ID = new RumorId(0x0123456789abcdefL, 0, 0, 0);

    @Test
    void saysWhenWhoAndWhat() {
        assertThat(SignalText.line(1_767_323_045_000_001L, A, new Signal.Duplicate(ID, B, 2)))
                .isEqualTo("2026-01-02T03:04:05.000001Z 127.0.0.1:7001"
                        + " received 0123456789ab again from 127.0.0.1:7002 after 2 hops");
    }

    @Test
    void wordsAreForPeople() {
        assertThat(SignalText.words(new Signal.Started(List.of(B), 0))).isEqualTo("started with 1 neighbour");
        assertThat(SignalText.words(new Signal.Started(List.of(A, B), 3)))
                .isEqualTo("started with 2 neighbours, remembers 3 messages");
        assertThat(SignalText.words(new Signal.Relayed(ID, List.of(A, B), 1)))
                .isEqualTo("sent 0123456789ab to 127.0.0.1:7001, 127.0.0.1:7002");
        assertThat(SignalText.words(new Signal.Relayed(ID, List.of(A), 2))).endsWith(", the 2nd time");
        assertThat(SignalText.words(new Signal.Relayed(ID, List.of(A), 13))).endsWith(", the 13th time");
        assertThat(SignalText.words(new Signal.Converged(ID, 16, 8123, 21)))
                .isEqualTo("converged 0123456789ab: all 16 live nodes have it after 8.1 ms, 21 duplicates");
        assertThat(SignalText.words(new Signal.FaultBegan("f1", "pause of " + B, 1_500_000_000L)))
                .isEqualTo("fault f1 began: pause of 127.0.0.1:7002, for 1.5 s");
        assertThat(SignalText.words(new Signal.FaultBegan("f2", "kill of " + B, 0)))
                .isEqualTo("fault f2 began: kill of 127.0.0.1:7002");
        assertThat(SignalText.words(new Signal.FaultEnded("f1", "it was healed")))
                .isEqualTo("fault f1 ended: it was healed");
        assertThat(SignalText.words(new Signal.LinkDown(B, Signal.LinkLoss.SILENT)))
                .isEqualTo("is no longer linked to 127.0.0.1:7002, which is silent");
    }
}
