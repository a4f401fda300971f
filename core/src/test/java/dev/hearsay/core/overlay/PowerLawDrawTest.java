package dev.hearsay.core.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.LinkProtocol.LinkLoss;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.Story;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which neighbours a peer draws: the stories of {@code draw.txt}, and by which law. */
class PowerLawDrawTest {

    /** Whom the peer knows, as the story has it. */
    private static final class Known implements View {
        List<NodeId> neighbours = List.of();
        List<NodeId> members = List.of();

        @Override
        public List<NodeId> neighbours() {
            return neighbours;
        }

        @Override
        public List<NodeId> members() {
            return members;
        }
    }

    private static final NodeId ME = node("me");

    private final RecordingEffects effects = new RecordingEffects();
    private final Known known = new Known();
    private final List<NodeId> silent = new ArrayList<>();
    private PowerLawDraw draw = draw(0);

    private PowerLawDraw draw(int picks) {
        return new PowerLawDraw(new PowerLawDraw.Settings(1, picks), ME, new TestContext(1), known);
    }

    static Stream<Story> stories() throws IOException {
        return Story.in(PowerLawDrawTest.class, "draw.txt");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void tells(Story story) {
        story.tell(words -> {
            effects.clear();
            happens(words.getFirst(), nodes(words.subList(1, words.size())));
            return effects.told(LinkProtocol.NeighboursDrawn.class).stream()
                    .map(drawn -> outcome(drawn.neighbours()))
                    .toList();
        });
    }

    private void happens(String what, List<NodeId> nodes) {
        switch (what) {
            case "members" -> known.members = nodes;
            case "linked" -> known.neighbours = nodes;
            case "picks" -> draw = draw(Integer.parseInt(nodes.getFirst().host()));
            case "round" -> draw.follow(0, new HeartbeatProtocol.HeartbeatRound(1), effects);
            case "silent" -> {
                silent.addAll(nodes);
                nodes.forEach(node -> draw.hear(0, new LinkProtocol.LinkDown(node, LinkLoss.SILENT), effects));
            }
            case "back" -> {
                silent.removeAll(nodes);
                nodes.forEach(node -> draw.hear(0, new HeartbeatProtocol.Reappeared(node), effects));
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    /** How many of how many that could be drawn; by name where all of them are. */
    private String outcome(List<NodeId> drawn) {
        TreeSet<NodeId> candidates = new TreeSet<>(known.members);
        candidates.remove(ME);
        known.neighbours.forEach(candidates::remove);
        silent.forEach(candidates::remove);
        return candidates.containsAll(drawn) && candidates.size() == drawn.size()
                ? drawn.stream().map(NodeId::host).collect(Collectors.joining(" "))
                : drawn.size() + " of " + candidates.size();
    }

    private static List<NodeId> nodes(List<String> names) {
        return names.stream().map(PowerLawDrawTest::node).toList();
    }

    private static NodeId node(String name) {
        return new NodeId(name, 7000);
    }

    /** Of six members before it the peer draws the one of rank k with a probability in proportion to 1/k. */
    @Test
    void ranksAreDrawnByZipfsLaw() {
        int draws = 60_000;
        known.members = nodes(List.of("a", "b", "c", "d", "e", "f", "me"));
        draw = draw(1);
        int[] times = new int[6];
        for (int i = 0; i < draws; i++) {
            effects.clear();
            draw.follow(0, new HeartbeatProtocol.HeartbeatRound(1), effects);
            times[
                    known.members.indexOf(effects.told(LinkProtocol.NeighboursDrawn.class)
                            .getFirst()
                            .neighbours()
                            .getFirst())]++;
        }
        double sum = 1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0 + 1 / 6.0;
        for (int rank = 1; rank <= 6; rank++) {
            double share = 1 / (rank * sum);
            double deviation = Math.sqrt(share * (1 - share) / draws);
            assertThat(times[rank - 1] / (double) draws).isCloseTo(share, within(5 * deviation));
        }
    }
}
