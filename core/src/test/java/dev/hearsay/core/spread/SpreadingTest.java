package dev.hearsay.core.spread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Command;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.TestSha256;
import dev.hearsay.core.View;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadingTest {

    private static final NodeId SELF = new NodeId("host", 1);
    private static final Spreading.Settings FLOOD =
            new Spreading.Settings(new SpreadSpec.Flood(), 1, 1_000_000_000L, true, 1 << 20);

    private static final View ALONE = new View() {
        @Override
        public List<NodeId> neighbours() {
            return List.of();
        }

        @Override
        public List<NodeId> members() {
            return List.of(SELF);
        }
    };

    private final RecordingEffects effects = new RecordingEffects();
    private final RumorLog log = new RumorLog(Retention.DEFAULT);
    private final Spreading spreading = new Spreading(FLOOD, SELF, new TestContext(1), ALONE, log);

    private Rumor published() {
        spreading.ask(0, new Command.Publish(new byte[] {1}, 1), effects);
        List<RumorProtocol.Accepted> accepted = effects.saved.stream()
                .filter(RumorProtocol.Accepted.class::isInstance)
                .map(RumorProtocol.Accepted.class::cast)
                .toList();
        return accepted.getLast().carried().rumor();
    }

    /** Others take no number beyond the last, so its writer must not give one. */
    @Test
    void afterTheLastNumberAWriterGoesOnAsAnotherOrigin() {
        Origin own = published().origin();
        Rumor before = Rumor.of(TestSha256.JDK, own, Bounds.SEQUENCE_MAX - 1, 1, 1, new byte[] {2});
        log.add(new RelayedRumor(before, 0, List.of()), SELF, 1, 1);
        Rumor last = published();
        assertThat(last.origin()).isEqualTo(own);
        assertThat(last.sequence()).isEqualTo(1L << 24);
        Rumor next = published();
        assertThat(next.origin()).isNotEqualTo(own);
        assertThat(next.sequence()).isEqualTo(1);
    }
}
