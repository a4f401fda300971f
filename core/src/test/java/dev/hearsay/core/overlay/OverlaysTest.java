package dev.hearsay.core.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Random64;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlaysTest {

    private static final List<String> SPECS = List.of(
            "random:1",
            "random:2",
            "random:3",
            "random:8",
            "circular",
            "powerlaw",
            "powerlaw:2",
            "powerlaw:1:2",
            "full",
            "grid",
            "small-world:4:0.1",
            "small-world:2:1",
            "scale-free:1",
            "scale-free:3");

    private static Overlay build(String spec, int nodes, long randomSeed) {
        return Overlays.build(OverlaySpec.parse(spec), nodes, new Random64(randomSeed));
    }

    /** JGraphT refuses loops and double links, and says whether the graph is in one piece. */
    private static SimpleGraph<Integer, DefaultEdge> independently(Graph graph) {
        SimpleGraph<Integer, DefaultEdge> copy = new SimpleGraph<>(DefaultEdge.class);
        IntStream.range(0, graph.nodes()).forEach(copy::addVertex);
        for (int node = 0; node < graph.nodes(); node++) {
            for (int i = 0; i < graph.degree(node); i++) {
                int neighbour = graph.neighbour(node, i);
                assertThat(graph.hasLink(node, neighbour)).isTrue();
                assertThat(graph.hasLink(neighbour, node))
                        .as("links are mutual")
                        .isTrue();
                boolean isNew = copy.addEdge(node, neighbour) != null;
                assertThat(isNew)
                        .as("%d–%d listed once per end", node, neighbour)
                        .isEqualTo(neighbour > node);
            }
        }
        assertThat(copy.edgeSet()).hasSize((int) graph.links());
        return copy;
    }

    @Test
    void everyOverlayIsConnectedSimpleAndTheSameForTheSameRandomSeed() {
        for (String spec : SPECS) {
            for (int nodes : new int[] {9, 10, 16, 33, 100}) {
                for (long randomSeed = 1; randomSeed <= 20; randomSeed++) {
                    Overlay overlay = build(spec, nodes, randomSeed);
                    assertThat(new ConnectivityInspector<>(independently(overlay.graph())).isConnected())
                            .as("%s, %d nodes, random seed %d", spec, nodes, randomSeed)
                            .isTrue();
                    assertThat(links(build(spec, nodes, randomSeed))).isEqualTo(links(overlay));
                }
            }
        }
    }

    private static Set<List<Integer>> links(Overlay overlay) {
        Set<List<Integer>> links = new HashSet<>();
        Graph graph = overlay.graph();
        for (int node = 0; node < graph.nodes(); node++) {
            for (int i = 0; i < graph.degree(node); i++) {
                links.add(List.of(node, graph.neighbour(node, i)));
            }
        }
        return links;
    }

    @Test
    void inARandomOverlayEveryNodeHasExactlyKNeighbours() {
        for (int nodes = 2; nodes <= 40; nodes++) {
            for (int degree = 3; degree < nodes; degree++) {
                Overlay overlay = build("random:" + degree, nodes, nodes * 100L + degree);
                Graph graph = overlay.graph();
                assertThat(overlay.addedLinks())
                        .as("random:%d of %d", degree, nodes)
                        .isZero();
                long off = IntStream.range(0, nodes)
                        .filter(node -> graph.degree(node) != degreeOf(graph))
                        .count();
                assertThat(degreeOf(graph)).isEqualTo(degree);
                assertThat(off).as("nodes with another degree").isEqualTo((long) nodes * degree % 2);
            }
        }
    }

    private static int degreeOf(Graph graph) {
        return IntStream.range(0, graph.nodes()).map(graph::degree).sorted().toArray()[0];
    }

    @Test
    void aRandomOverlayThatFallsApartIsRepairedAndSaysSo() {
        Overlay overlay = build("random:1", 10, 1);
        assertThat(overlay.addedLinks()).isEqualTo(4);
        assertThat(overlay.repairNote())
                .isEqualTo("random:1 fell apart into 5 pieces; 4 links were added to connect them");
        assertThat(build("random:3", 100, 1).repairNote()).isEmpty();
    }

    @Test
    void structuredOverlaysHaveTheirKnownNumbersOfLinks() {
        assertThat(build("circular", 16, 1).graph().links()).isEqualTo(16);
        assertThat(build("circular", 2, 1).graph().links()).isEqualTo(1);
        assertThat(build("circular", 1, 1).graph().links()).isZero();
        assertThat(build("full", 16, 1).graph().links()).isEqualTo(120);
        assertThat(build("grid", 16, 1).graph().links()).isEqualTo(24);
        assertThat(build("small-world:4:0", 16, 1).graph().links()).isEqualTo(32);
        assertThat(build("small-world:4:0.3", 100, 1).graph().links()).isEqualTo(200);
        assertThat(build("scale-free:3", 100, 1).graph().links()).isEqualTo(3 + 3L * 97);
    }

    /** Barabási–Albert: the degrees follow k^-3, so the largest hub of 2,000 nodes is far above the mean of 4. */
    @Test
    void scaleFreeAndPowerLawOverlaysHaveHubs() {
        Graph scaleFree = build("scale-free:2", 2000, 3).graph();
        assertThat(IntStream.range(0, 2000).map(scaleFree::degree).max().orElse(0))
                .isGreaterThan(40);
        Graph zipf = build("powerlaw:1:3", 500, 3).graph();
        assertThat(zipf.degree(0)).isGreaterThan(5 * zipf.degree(250));
    }

    /** Zipf with α = 1 over ranks 1 … 4 picks rank 1 in 12 of 25 single draws by a node that is none of them. */
    @Test
    void weightedDrawsFollowTheirWeights() {
        double[] weights = {1, 1 / 2.0, 1 / 3.0, 1 / 4.0, 1e-9};
        WeightedDraw draw = new WeightedDraw(weights, new Random64(5));
        int first = 0;
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            first += draw.withoutReplacement(1, 4)[0] == 0 ? 1 : 0;
        }
        // Five standard deviations are 353.
        assertThat(first).isBetween(9_600 - 353, 9_600 + 353);
        assertThat(draw.withoutReplacement(4, 1)).containsExactlyInAnyOrder(0, 2, 3, 4);
    }

    /** 2 of 40 are drawn by rejection, 3 of 40 by keys; the first of three is distributed as the first of two. */
    @Test
    void bothWaysOfDrawingHaveTheSameDistribution() {
        double[] weights = new double[40];
        double total = 0;
        for (int i = 0; i < 40; i++) {
            weights[i] = 1.0 / (i + 1);
            total += i == 39 ? 0 : weights[i];
        }
        WeightedDraw draw = new WeightedDraw(weights, new Random64(11));
        int byRejection = 0;
        int byKeys = 0;
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            byRejection += draw.withoutReplacement(2, 39)[0] == 0 ? 1 : 0;
            byKeys += draw.withoutReplacement(3, 39)[0] == 0 ? 1 : 0;
        }
        double expected = rounds / total;
        double fiveDeviations = 5 * Math.sqrt(expected * (1 - 1 / total));
        assertThat((double) byRejection).isBetween(expected - fiveDeviations, expected + fiveDeviations);
        assertThat((double) byKeys).isBetween(expected - fiveDeviations, expected + fiveDeviations);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "random:16|16|K must be below the number of nodes",
                "small-world:16:0.1|16|K must be below the number of nodes",
                "scale-free:16|16|M must be below the number of nodes",
                "powerlaw:1:16|16|K must be below the number of nodes",
                "circular|0|at least 1 node",
                "powerlaw|1000000|take a smaller K"
            })
    void whatCannotBeBuiltIsRefusedInASentence(String spec, int nodes, String sentence) {
        assertThatThrownBy(() -> build(spec, nodes, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ring",
                "random",
                "random:",
                "random:x",
                "random:0",
                "random:-1",
                "random:1:2",
                "circular:1",
                "small-world:3:0.1",
                "small-world:4",
                "small-world:4:2",
                "small-world:4:x",
                "scale-free:0",
                "powerlaw:-1",
                "powerlaw:1:0",
                "powerlaw:1:2:3",
                "powerlaw:NaN"
            })
    void whatIsNoSpecIsRefused(String text) {
        assertThatThrownBy(() -> OverlaySpec.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void specsReadAsTheyPrint() {
        List<String> printed = new ArrayList<>(SPECS);
        printed.remove("powerlaw");
        printed.add("powerlaw:1");
        assertThat(printed)
                .allSatisfy(text -> assertThat(OverlaySpec.parse(text)).hasToString(text));
        assertThat(OverlaySpec.parse("powerlaw")).hasToString("powerlaw:1");
    }

    @Test
    void aCompleteGraphListsEverybodyElse() {
        List<String> names = List.of("a", "b", "c", "d");
        Graph graph = Graph.complete(4);
        assertThat(graph.neighbours(2, names)).containsExactly("a", "b", "d");
        assertThat(graph.neighbours(0, names)).containsExactly("b", "c", "d");
        assertThat(graph.isConnected()).isTrue();
        assertThat(graph.hasLink(1, 1)).isFalse();
    }
}
