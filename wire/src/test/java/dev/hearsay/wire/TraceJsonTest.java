package dev.hearsay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceJsonTest {

    @Test
    void looksAsTheDocumentSays() {
        NodeId node = new NodeId("127.0.0.1", 7001);
        NodeId origin = new NodeId("127.0.0.1", 7002);
        Event delivered = new RumorProtocol.Delivered(
                new RumorId(1, 2, 3, 4), origin, origin, 1, List.of(origin), RumorProtocol.Way.ANTI_ENTROPY);
        assertThat(TraceJson.write(5, node, delivered)).isEqualTo("""
                {"v":1,"at":5,"node":"127.0.0.1:7001","signal":"delivered",\
                "id":"0000000000000001000000000000000200000000000000030000000000000004",\
                "origin":"127.0.0.1:7002","from":"127.0.0.1:7002","hops":1,"path":["127.0.0.1:7002"],"way":"antiEntropy"}""");
    }

    @Test
    void readsBackWhatItHasWritten() throws WireException {
        RandomMessages random = new RandomMessages(5);
        for (int i = 0; i < 2000; i++) {
            TraceJson.Line line = new TraceJson.Line(i, random.node(), random.event(i % RandomMessages.SIGNAL_KINDS));
            assertThat(TraceJson.read(TraceJson.write(line.atMicros(), line.node(), line.event())))
                    .isEqualTo(line);
        }
    }

    @Test
    void readsNodesOfLargeSimulations() throws WireException {
        NodeId node = new NodeId("node", 1_000_000);
        assertThat(TraceJson.read(TraceJson.write(1, node, new Lifecycle.Departed()))
                        .node())
                .isEqualTo(node);
    }

    @Test
    void damagedLinesNeverCauseAnythingButAWireException() {
        RandomMessages events = new RandomMessages(6);
        Random64 random = new Random64(7);
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            StringBuilder line =
                    new StringBuilder(TraceJson.write(i, events.node(), events.event(i % RandomMessages.SIGNAL_KINDS)));
            line.setCharAt(random.nextInt(line.length()), (char) random.nextInt(300));
            try {
                TraceJson.read(line.toString());
            } catch (WireException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> TraceJson.read("{\"v\":2}")).hasMessageContaining("version 2");
        assertThatThrownBy(() -> TraceJson.read("{\"v\":1,\"at\":1,\"node\":\"a:1\",\"signal\":\"boom\"}"))
                .hasMessage("'boom' is not a signal");
    }
}
