package dev.hearsay.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.network.NetworkFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoiningTest {

    private static List<NetworkFile.Entry> network(String spec, int nodes) {
        var overlay = NetworkPlan.draw(OverlaySpec.parse(spec), nodes, 1);
        return NetworkPlan.file("test", overlay, new SpreadSpec.Flood(), 1, 7000, false, false)
                .present();
    }

    @ParameterizedTest
    @CsvSource({
        "random:3, 3",
        "circular, 2",
        "powerlaw, 9",
        "powerlaw:1:4, 4",
        "full, 16",
        "grid, 1",
        "small-world:4:0, 4",
        "scale-free:2, 2"
    })
    void linksANewNodeInTheSpiritOfTheTopology(String spec, int links) {
        List<Integer> neighbours = Joining.neighbours(OverlaySpec.parse(spec), network(spec, 16), 17, new Random64(1));
        assertThat(neighbours)
                .hasSize(links)
                .doesNotHaveDuplicates()
                .isSorted()
                .allMatch(node -> node >= 1 && node <= 16);
    }

    @Test
    void closesTheRingWithTheNewNode() {
        assertThat(Joining.neighbours(new OverlaySpec.Circular(), network("circular", 5), 6, new Random64(1)))
                .containsExactly(1, 5);
    }

    @Test
    void isNeverAlone() {
        for (String spec : List.of("circular", "full", "grid", "powerlaw")) {
            assertThat(Joining.neighbours(OverlaySpec.parse(spec), network(spec, 1), 2, new Random64(1)))
                    .as(spec)
                    .containsExactly(1);
        }
    }

    @Test
    void prefersHubsWhereTheTopologyDoes() {
        List<NetworkFile.Entry> network = network("scale-free:1", 200);
        int hub = network.stream()
                .max((a, b) ->
                        Integer.compare(a.neighbours().size(), b.neighbours().size()))
                .orElseThrow()
                .number();
        Random64 random = new Random64(1);
        int hits = 0;
        for (int i = 0; i < 1000; i++) {
            hits += Joining.neighbours(new OverlaySpec.ScaleFree(1), network, 201, random)
                            .contains(hub)
                    ? 1
                    : 0;
        }
        // A node like any other would be met five times.
        assertThat(hits).isGreaterThan(25);
    }
}
