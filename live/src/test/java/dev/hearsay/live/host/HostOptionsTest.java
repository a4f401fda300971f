package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostOptionsTest {

    private static final Path DATA = Path.of("data");

    private static NodeId address(int node) {
        return new NodeId("127.0.0.1", 7000 + node);
    }

    private static NetworkFile network(boolean inMemory) {
        return new NetworkFile(
                NetworkFile.VERSION,
                "default",
                "circular",
                "push:2",
                7,
                7000,
                "127.0.0.1",
                List.of(
                        new NetworkFile.Entry(NodeName.of(1), address(1), List.of(3, 2), false),
                        new NetworkFile.Entry(NodeName.of(2), address(2), List.of(1, 3), false),
                        new NetworkFile.Entry(NodeName.of(3), address(3), List.of(1, 2), true)),
                inMemory,
                false,
                Instant.EPOCH,
                NetworkFile.State.RUNNING,
                null,
                false,
                0);
    }

    @Test
    void followTheNetworkFileWithoutRemovedNodes() {
        HostOptions all = HostOptions.of(network(false), HostFile.ALL, List.of(), DATA);
        assertThat(all.nodes())
                .containsExactly(
                        new HostOptions.Member(1, address(1), List.of(address(2))),
                        new HostOptions.Member(2, address(2), List.of(address(1))));
        assertThat(all.members()).containsExactly(address(1), address(2));
        assertThat(all.data()).isEqualTo(DATA);
        assertThat(all.topology()).isEqualTo("circular");
        assertThat(all.spec().spreading().rule()).isEqualTo(new SpreadSpec.Push(2));
        assertThat(all.isControlled()).isTrue();
        assertThat(all.randomSeed())
                .as("a network's nodes draw real randomness")
                .isEmpty();

        HostOptions second = HostOptions.of(network(true), "2", List.of(NodeName.of(2)), DATA);
        assertThat(second.nodes()).extracting(HostOptions.Member::node).containsExactly(NodeName.of(2));
        assertThat(second.members()).hasSize(2);
        assertThat(second.data()).isNull();
    }

    @Test
    void refuseNonsense() {
        assertThatThrownBy(() -> HostOptions.inMemory(List.of())).hasMessage("a host needs at least one node");
        assertThatThrownBy(() -> new HostOptions.Member(0, address(1), List.of()))
                .hasMessageContaining("from 1, not 0");
        assertThatThrownBy(() -> HostOptions.of(network(true), HostFile.ALL, List.of(), DATA)
                        .withLoops(-1))
                .hasMessageContaining("must not be negative");
    }
}
