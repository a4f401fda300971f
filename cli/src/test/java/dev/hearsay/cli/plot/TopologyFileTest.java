package dev.hearsay.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.Overlays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class TopologyFileTest {

    @TempDir
    Path folder;

    private static Topology topology(String text, int nodes) {
        OverlaySpec spec = OverlaySpec.parse(text);
        List<String> addresses = IntStream.rangeClosed(1, nodes)
                .mapToObj(i -> "127.0.0.1:" + (7000 + i))
                .toList();
        return new Topology(spec, Overlays.build(spec, nodes, new Random64(42)).graph(), addresses, 42);
    }

    private Document xml(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random:3",
                "circular",
                "powerlaw",
                "full",
                "grid",
                "small-world:4:0.2",
                "scale-free:2",
                "random:1"
            })
    void drawsEveryNodeAndLink(String spec) throws Exception {
        Topology topology = topology(spec, 16);
        Path file = TopologyFile.named(folder.resolve("it.svg").toString()).write(topology);
        Document svg = xml(file);
        int legend = Degrees.of(topology.graph()).most()
                - Degrees.of(topology.graph()).least()
                + 1;
        assertThat(svg.getElementsByTagName("circle").getLength()).isBetween(17, 16 + legend);
        assertThat(svg.getElementsByTagName("path").getLength())
                .isGreaterThanOrEqualTo((int) topology.graph().links());
        assertThat(Files.readString(file)).contains("Node 16, 127.0.0.1:7016, ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 40, 300})
    void drawsNetworksOfAnySize(int nodes) throws Exception {
        for (String spec : List.of("circular", "full", "grid", "powerlaw", nodes > 4 ? "random:4" : "circular")) {
            Files.deleteIfExists(folder.resolve("it.svg"));
            Path file = TopologyFile.named(folder.resolve("it.svg").toString()).write(topology(spec, nodes));
            assertThat(Files.readString(file)).as(spec).doesNotContain("NaN").doesNotContain("Infinity");
            xml(file);
        }
    }

    @Test
    void drawsTheSamePictureForTheSameRandomSeed() throws IOException {
        Path one = TopologyFile.named(folder.resolve("1.svg").toString()).write(topology("random:3", 50));
        Path two = TopologyFile.named(folder.resolve("2.svg").toString()).write(topology("random:3", 50));
        assertThat(two).hasSameTextualContentAs(one);
    }

    @Test
    void keepsNodesOfAFreeLayoutApart() {
        Topology topology = topology("random:3", 100);
        Layout layout = Layout.of(topology.spec(), topology.graph(), 42);
        double[] x = layout.x().clone();
        double[] y = layout.y().clone();
        Spacing.pushApart(x, y, 0.3);
        assertThat(Spacing.nearest(x, y)).isGreaterThan(0.25);
    }

    @Test
    void putsNeighboursNearerThanStrangers() {
        Topology topology = topology("random:3", 64);
        Layout layout = Layout.of(topology.spec(), topology.graph(), 42);
        double linked = 0;
        double all = 0;
        int links = 0;
        int pairs = 0;
        for (int a = 0; a < 64; a++) {
            for (int b = a + 1; b < 64; b++) {
                double distance = Math.hypot(layout.x()[a] - layout.x()[b], layout.y()[a] - layout.y()[b]);
                all += distance;
                pairs++;
                if (topology.graph().hasLink(a, b)) {
                    linked += distance;
                    links++;
                }
            }
        }
        assertThat(linked / links).isLessThan(0.5 * all / pairs);
    }

    @Test
    void writesPng() throws IOException {
        Path file = TopologyFile.named(folder.resolve("it.PNG").toString()).write(topology("small-world:4:0.2", 20));
        var image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(2 * Picture.WIDTH);
        assertThat(image.getHeight()).isEqualTo(2 * Picture.HEIGHT);
    }

    @Test
    void writesGraphFormats() throws Exception {
        Path dot = TopologyFile.named(folder.resolve("it.dot").toString()).write(topology("circular", 4));
        assertThat(Files.readString(dot, StandardCharsets.UTF_8))
                .contains("1 -- 2", "label=\"3\"", "links=\"2\"", "127.0.0.1:7004");
        Path graphml =
                TopologyFile.named(folder.resolve("it.graphml").toString()).write(topology("circular", 4));
        Document document = xml(graphml);
        assertThat(document.getElementsByTagName("node").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("edge").getLength()).isEqualTo(4);
    }

    @Test
    void saysWhatItCannotWrite() {
        assertThatThrownBy(() -> TopologyFile.named("it.jpg"))
                .isInstanceOf(Failure.class)
                .hasMessage("'it.jpg' does not say what to draw.");
        String nowhere = folder.resolve("none").resolve("it.svg").toString();
        assertThatThrownBy(() -> TopologyFile.named(nowhere).write(topology("circular", 3)))
                .isInstanceOf(Failure.class)
                .hasMessage("There is no folder for " + nowhere + ".");
    }

    @Test
    void replacesNoFileOfAPersons() throws Exception {
        Path kept = Files.writeString(folder.resolve("mine.svg"), "mine");
        assertThatThrownBy(() -> TopologyFile.named(kept.toString()))
                .isInstanceOf(Failure.class)
                .hasMessage(kept + " is there already.");
        assertThat(kept).hasContent("mine");
    }
}
