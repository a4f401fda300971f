package dev.hearsay.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWordsTest {

    private static final NodeId A = new NodeId("127.0.0.1", 7001);
    private static final NodeId B = new NodeId("127.0.0.1", 7002);
    private static final RumorId ID = new RumorId(0x0123456789abcdefL, 0, 0, 0);

    @Test
    void wordsAreForPeople() {
        assertThat(EventWords.of(new Lifecycle.Started(List.of(B), 0))).isEqualTo("started with 1 neighbour");
        assertThat(EventWords.of(new Lifecycle.Started(List.of(A, B), 3)))
                .isEqualTo("started with 2 neighbours, remembers 3 messages");
        assertThat(EventWords.of(new RumorProtocol.Relayed(ID, List.of(A, B), 1)))
                .isEqualTo("sent 0123456789ab to 127.0.0.1:7001, 127.0.0.1:7002");
        assertThat(EventWords.of(new RumorProtocol.Relayed(ID, List.of(A), 2))).endsWith(", the 2nd time");
        assertThat(EventWords.of(new RumorProtocol.Relayed(ID, List.of(A), 13))).endsWith(", the 13th time");
        assertThat(EventWords.of(new RumorProtocol.Converged(ID, 16, 8123, 21)))
                .isEqualTo("converged 0123456789ab: all 16 live nodes have it after 8.1 ms, 21 duplicates");
        assertThat(EventWords.of(new Lifecycle.FaultBegan("f1", "pause of " + B, 1_500_000_000L)))
                .isEqualTo("fault f1 began: pause of 127.0.0.1:7002, for 1.5 s");
        assertThat(EventWords.of(new Lifecycle.FaultBegan("f1", "pause of " + B, 30_000_000_000L)))
                .endsWith(", for 30 s");
        assertThat(EventWords.of(new Lifecycle.FaultBegan("f1", "pause of " + B, 70_000_000L)))
                .endsWith(", for 0.07 s");
        assertThat(EventWords.of(new Lifecycle.FaultBegan("f2", "kill of " + B, 0)))
                .isEqualTo("fault f2 began: kill of 127.0.0.1:7002");
        assertThat(EventWords.of(new Lifecycle.FaultEnded("f1", "it was healed")))
                .isEqualTo("fault f1 ended: it was healed");
        assertThat(EventWords.of(new LinkProtocol.LinkDown(B, LinkProtocol.LinkLoss.SILENT)))
                .isEqualTo("is no longer linked to 127.0.0.1:7002, which is silent");
    }
}
