package dev.hearsay.live.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveFaultTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeId A = new NodeId("127.0.0.1", 7001);
    private static final NodeId B = new NodeId("127.0.0.1", 7002);
    private static final NodeId C = new NodeId("127.0.0.1", 7003);

    private static final List<LiveFault> KINDS = List.of(
            new LiveFault.Loss(TrafficSelector.ALL, 0.125),
            new LiveFault.Loss(new TrafficSelector(Set.of(A), Set.of(B), false), 1),
            new LiveFault.Duplicate(new TrafficSelector(Set.of(A), Set.of(), true), 0.05),
            new LiveFault.Delay(new TrafficSelector(Set.of(), Set.of(C), false), 1_500_000, 200_000_000),
            new LiveFault.Cut(new TrafficSelector(Set.of(A), Set.of(), false)),
            new LiveFault.Partition(List.of(Set.of(A), Set.of(B))),
            new LiveFault.Pause(Set.of(A)),
            new LiveFault.Kill(Set.of(B)));

    private static FaultOrder order(LiveFault fault) {
        return new FaultOrder("f7", fault, 30 * SECOND, -5);
    }

    @Test
    void ordersReadBackAsTheyWereWritten() throws WireException {
        for (LiveFault fault : KINDS) {
            assertThat(FaultJson.read(JsonObject.parse(FaultJson.write(order(fault)))))
                    .isEqualTo(order(fault));
        }
        String forGood = FaultJson.write(new FaultOrder("f1", new LiveFault.Kill(Set.of(A)), 0, 1));
        assertThat(FaultJson.read(JsonObject.parse(forGood)).forNanos()).isZero();
    }

    @Test
    void sayInWordsWhatTheyDo() {
        assertThat(KINDS)
                .extracting(fault -> fault.words(node -> Integer.toString(node.port() - 7000)))
                .containsExactly(
                        "loss of 12.5% everywhere",
                        "loss of 100% from 1 to 2",
                        "duplicates, 5% to and from 1",
                        "delay of 1.5 to 200 ms to 3",
                        "cut from 1",
                        "partition 1 / 2",
                        "pause of 1",
                        "kill of 2");
    }

    @Test
    void aCutIsOfOneDirectionAndAPartitionOfBoth() {
        LiveFault cut = new LiveFault.Cut(new TrafficSelector(Set.of(A), Set.of(B), false));
        assertThat(cut.hits(A, B)).isTrue();
        assertThat(cut.hits(B, A)).isFalse();
        assertThat(cut.hits(A, C)).isFalse();
        assertThat(cut.touches(B)).isTrue();
        assertThat(cut.touches(C)).isFalse();
        LiveFault partition = new LiveFault.Partition(List.of(Set.of(A), Set.of(B)));
        NodeId rest = new NodeId("127.0.0.1", 7004);
        assertThat(partition.hits(A, B)).isTrue();
        assertThat(partition.hits(B, A)).isTrue();
        assertThat(partition.hits(A, C)).isTrue();
        assertThat(partition.hits(C, rest)).isFalse();
        LiveFault node = new LiveFault.Loss(new TrafficSelector(Set.of(A), Set.of(), true), 1);
        assertThat(node.hits(A, C)).isTrue();
        assertThat(node.hits(C, A)).isTrue();
        assertThat(node.hits(B, C)).isFalse();
        assertThat(node.hits(A, A)).as("what a node tells itself").isFalse();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new TrafficSelector(Set.of(A), Set.of(A), false))
                .hasMessage("a node has no link to itself");
        assertThatThrownBy(() -> new TrafficSelector(Set.of(A, B), Set.of(A, C), true))
                .hasMessage("a node cannot be on both sides");
        assertThatThrownBy(() -> new LiveFault.Loss(TrafficSelector.ALL, 0)).hasMessageContaining("above 0 %");
        assertThatThrownBy(() -> new LiveFault.Loss(TrafficSelector.ALL, Double.NaN))
                .hasMessageContaining("above 0 %");
        assertThatThrownBy(() -> new LiveFault.Duplicate(TrafficSelector.ALL, 1.01))
                .hasMessageContaining("at most 100 %");
        assertThatThrownBy(() -> new LiveFault.Delay(TrafficSelector.ALL, 0, 61 * SECOND))
                .hasMessageContaining("at most 60 s");
        assertThatThrownBy(() -> new LiveFault.Partition(List.of(Set.of(A), Set.of(A, B))))
                .hasMessage("a node cannot be in two groups of a partition");
        assertThatThrownBy(() -> new LiveFault.Pause(Set.of())).hasMessageContaining("to which nodes");
        assertThatThrownBy(() -> new FaultOrder("f1", new LiveFault.Pause(Set.of(A)), 0, 1))
                .hasMessageContaining("more than 0 s");
        assertThatThrownBy(() -> new FaultOrder("f1", new LiveFault.Pause(Set.of(A)), 25 * 3600 * SECOND, 1))
                .hasMessageContaining("24 h");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 'id' is missing",
                "{\"id\":\"f1\",\"fault\":\"flood\",\"forNanos\":1,\"randomSeed\":1} | 'flood' is not a kind of fault",
                "{\"id\":\"../x\",\"fault\":\"pause\",\"nodes\":[\"a:1\"],\"forNanos\":1,\"randomSeed\":1} | '../x' is not the id",
                "{\"id\":\"f1\",\"fault\":\"pause\",\"nodes\":[\"a\"],\"forNanos\":1,\"randomSeed\":1} | 'a'",
                "{\"id\":\"f1\",\"fault\":\"pause\",\"nodes\":[],\"forNanos\":1,\"randomSeed\":1} | to which nodes",
                "{\"id\":\"f1\",\"fault\":\"partition\",\"groups\":[],\"forNanos\":1,\"randomSeed\":1} | at least one node"
            })
    void saysWhatIsWrongWithAnOrder(String json, String sentence) {
        assertThatThrownBy(() -> FaultJson.read(JsonObject.parse(json)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(sentence);
    }
}
