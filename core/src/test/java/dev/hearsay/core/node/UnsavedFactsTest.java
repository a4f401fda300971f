package dev.hearsay.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Command;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.spread.SpreadSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node does when its disk has let it down. */
class UnsavedFactsTest {

    private static final NodeId A = new NodeId("host", 1);
    private static final NodeId B = new NodeId("host", 2);

    private final RecordingEffects effects = new RecordingEffects();
    private final Node node =
            new Node(NodeSpec.of(new SpreadSpec.Flood()), A, List.of(A, B), List.of(B), new TestContext(1), List.of());

    private List<Fact> publish(String text) {
        effects.clear();
        node.step(0, new Input.Asked(new Command.Publish(text.getBytes(UTF_8), 0)), effects);
        return List.copyOf(effects.saved);
    }

    @Test
    void takesARumorBackAndStartsANewLifeAsAnOrigin() {
        node.step(0, new Input.Started(), effects);
        List<Fact> first = publish("kept");
        List<Fact> second = publish("lost");
        node.step(0, new Input.Unsaved(second.getFirst()), effects);
        assertThat(node.log().entries())
                .extracting(entry -> new String(entry.carried().rumor().payload(), UTF_8))
                .containsExactly("kept");
        assertThat(node.log().seenCount()).isEqualTo(1);
        List<Fact> third = publish("again");
        RumorProtocol.Began begun = (RumorProtocol.Began) first.getFirst();
        assertThat(third).hasSize(2);
        RumorProtocol.Began anew = (RumorProtocol.Began) third.getFirst();
        assertThat(anew.origin().node()).isEqualTo(A);
        assertThat(anew.origin().epoch()).isNotEqualTo(begun.origin().epoch());
        assertThat(((RumorProtocol.Accepted) third.getLast()).carried().rumor().sequence())
                .isEqualTo(1);
    }

    @Test
    void beginsAnewWhenNotEvenItsBeginningWasSaved() {
        node.step(0, new Input.Started(), effects);
        List<Fact> facts = publish("lost");
        facts.forEach(fact -> node.step(0, new Input.Unsaved(fact), effects));
        assertThat(node.log().entries()).isEmpty();
        assertThat(node.log().seenCount()).isZero();
        assertThat(publish("again")).hasSize(2).first().isInstanceOf(RumorProtocol.Began.class);
    }
}
