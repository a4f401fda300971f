package dev.hearsay.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.TraceJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedTextsTest {

    private static final NodeId NODE = NodeId.parse("127.0.0.1:7001");
    private static final NodeId OTHER = NodeId.parse("127.0.0.1:7002");

    private final RecordedTexts texts = new RecordedTexts();

    private static RumorId id(long number) {
        return new RumorId(number, 0, 0, 0);
    }

    private static RelayedRumor carried(Origin origin, long number, String text) {
        return new RelayedRumor(new Rumor(id(number), origin, number, 1, 1, text.getBytes(UTF_8)), 0, List.of());
    }

    private static RelayedRumor carried(long number, String text) {
        return carried(new Origin(OTHER, 1), number, text);
    }

    private void step(NodeId node, Input input) {
        texts.take(new RecordingLine.Step(
                1,
                node,
                1,
                input,
                new RecordingLine.Answers(List.of(), List.of(), List.of()),
                false,
                0,
                List.of(),
                ""));
    }

    private void told(NodeId node, Event event) {
        texts.take(new RecordingLine.Told(new TraceJson.Line(1, node, event)));
    }

    private Map<RumorId, String> known() {
        Map<RumorId, String> known = new HashMap<>();
        texts.forEach(known::put);
        return known;
    }

    @Test
    void whatWasReceivedIsKnownHoweverItCame() {
        step(NODE, new Input.Received(OTHER, new RumorProtocol.Gossip(carried(1, "apple"))));
        step(
                NODE,
                new Input.Received(
                        OTHER, new AntiEntropyProtocol.Repair(List.of(carried(2, "pear"), carried(3, "plum")), false)));
        assertThat(known()).isEqualTo(Map.of(id(1), "apple", id(2), "pear", id(3), "plum"));
    }

    @Test
    void whatNeverLeftItsOriginIsKnown() {
        step(NODE, new Input.Asked(new Command.Publish("apple".getBytes(UTF_8), 0)));
        step(OTHER, new Input.Asked(new Command.Publish("pear".getBytes(UTF_8), 0)));
        told(OTHER, new RumorProtocol.Published(id(2), 1, 4));
        told(NODE, new RumorProtocol.Published(id(1), 1, 5));
        assertThat(known()).isEqualTo(Map.of(id(1), "apple", id(2), "pear"));
    }

    @Test
    void whatWasRefusedIsTheTextOfNoOtherMessage() {
        step(NODE, new Input.Asked(new Command.Publish("apple".getBytes(UTF_8), 0)));
        step(NODE, new Input.Started());
        told(NODE, new RumorProtocol.Published(id(1), 1, 5));
        assertThat(known()).isEmpty();
    }

    @Test
    void whatWasRememberedIsKnown() {
        for (Fact fact : List.of(
                new RumorProtocol.Accepted(carried(1, "apple")),
                new RumorProtocol.Heard(carried(2, "pear"), OTHER, 5),
                new RumorProtocol.Kept(carried(3, "plum"), OTHER, 5),
                new RumorProtocol.Heard(carried(Origin.VERSIONS, 4, "4"), OTHER, 5))) {
            texts.take(new RecordingLine.Remembered(NODE, fact));
        }
        assertThat(known()).isEqualTo(Map.of(id(1), "apple", id(2), "pear", id(3), "plum"));
    }

    @Test
    void ofManyThoseThatCameUpLastAreKept() {
        for (int number = 1; number <= NetworkModel.MESSAGES_MAX; number++) {
            step(NODE, new Input.Received(OTHER, new RumorProtocol.Gossip(carried(number, "apple"))));
        }
        texts.take(new RecordingLine.Remembered(NODE, new RumorProtocol.Heard(carried(1, "apple"), OTHER, 5)));
        step(NODE, new Input.Received(OTHER, new RumorProtocol.Gossip(carried(NetworkModel.MESSAGES_MAX + 1, "pear"))));
        assertThat(known())
                .hasSize(NetworkModel.MESSAGES_MAX)
                .containsKeys(id(1), id(3), id(NetworkModel.MESSAGES_MAX + 1));
    }
}
