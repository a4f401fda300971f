package dev.hearsay.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each prepared story shows what its sentence claims. */
class StoriesTest {

    private static Story story(String name) {
        return Story.all().stream()
                .filter(story -> story.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Played played(String name) {
        return new Played(story(name).text());
    }

    static List<Story> stories() {
        return Story.all();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void comesToItsMomentDoesAllThatItSaysAndEndsInAgreement(Story story) {
        Played played = new Played(story.text());
        played.until(step -> step.get("kind").asText().equals(story.moment()) || Played.hasEvent(step, story.moment()));
        played.toTheEnd();
        assertThat(played.steps).noneMatch(step -> step.get("kind").asText().equals("refused"));
        assertThat(played.steps.getLast().get("kind").asText()).isEqualTo("settled");
    }

    @Test
    void areExposedAsJsonUnderTheirNames() {
        List<String> names = new ArrayList<>();
        Played.json(Story.allAsJson())
                .forEach(story -> names.add(story.get("name").asText()));
        assertThat(names)
                .containsExactly("life", "biggest-hub", "split-brain", "liar", "bad-seed", "slow", "last-to-know");
    }

    @Test
    void theLifeOfANetworkHasAllSixPhases() {
        Played played = played("life").toTheEnd();
        Set<String> phases = new TreeSet<>();
        played.steps.forEach(step -> phases.add(step.get("phase").asText()));
        assertThat(phases).hasSize(6);
        assertThat(removed(played)).containsOnly("sim:4");
    }

    @Test
    void theBiggestHubDiesAndTheMessageReachesAllOthers() {
        Played played = played("biggest-hub");
        played.untilEvent("published");
        String publisher = played.events("published").getFirst().get("node").asText();
        List<JsonNode> nodes = new ArrayList<>();
        Played.json(played.lesson.nodes()).forEach(nodes::add);
        int hub = played.node("sim:0").get("neighbours").size();
        assertThat(nodes)
                .filteredOn(node -> !node.get("node").asText().equals("sim:0"))
                .allSatisfy(node -> assertThat(node.path("neighbours").size()).isLessThan(hub));
        JsonNode killed = played.until(step -> step.has("intervention"));
        assertThat(killed.get("intervention").asText()).isEqualTo("kill:0");
        assertThat(played.events("delivered")).isEmpty();
        played.toTheEnd();
        assertThat(played.events("delivered"))
                .extracting(delivered -> delivered.get("node").asText())
                .doesNotContain("sim:0", publisher)
                .hasSize(10);
        assertThat(played.events("decided")).anySatisfy(decided -> {
            assertThat(decided.get("approved").asBoolean()).isTrue();
            assertThat(decided.get("statement").get("change").asText()).isEqualTo("remove");
            assertThat(decided.get("statement").get("peer").asText()).isEqualTo("sim:0");
        });
        assertThat(removed(played)).containsOnly("sim:0");
    }

    @Test
    void ofASplitBrainOnlyTheMajorityDecidesAndAllAgreeAgain() {
        Played split = played("split-brain");
        split.until(step -> step.get("kind").asText().equals("fault"));
        int from = split.steps.size();
        split.until(step -> step.get("kind").asText().equals("fault"));
        List<JsonNode> meanwhile = new ArrayList<>();
        for (JsonNode step : split.steps.subList(from, split.steps.size())) {
            step.path("signals").forEach(event -> meanwhile.add(event.get("trace")));
        }
        assertThat(meanwhile)
                .filteredOn(trace -> trace.get("signal").asText().equals("decided")
                        && trace.get("approved").asBoolean())
                .extracting(trace -> trace.get("node").asText())
                .containsOnly("seed:0", "seed:1");
        assertThat(split.node("seed:0").get("members")).hasSize(6);
        assertThat(split.node("seed:1").get("members")).hasSize(6);
        assertThat(split.node("seed:2").get("members")).hasSize(9);
        split.toTheEnd();
        JsonNode list = split.node("seed:0").get("members");
        assertThat(list).hasSize(9);
        assertThat(split.node("seed:1").get("members")).isEqualTo(list);
        assertThat(split.node("seed:2").get("members")).isEqualTo(list);
        assertThat(split.events("registered"))
                .filteredOn(registered ->
                        registered.get("statement").get("incarnation").asLong() == 2)
                .extracting(registered -> registered.get("node").asText())
                .containsExactlyInAnyOrder("sim:3", "sim:7", "sim:8");
    }

    @Test
    void theLiarIsRefusedByEverySeed() {
        Played played = played("liar").toTheEnd();
        assertThat(played.events("refused"))
                .extracting(refused -> refused.get("node").asText())
                .containsExactlyInAnyOrder("seed:0", "seed:1", "seed:2");
        assertThatNobodyGoesFor(played, 10);
    }

    @Test
    void whatABadSeedWantsIsVotedDownAndItsCertificateRefused() {
        Played played = played("bad-seed").toTheEnd();
        assertThat(played.events("voted"))
                .filteredOn(
                        voted -> voted.get("statement").get("change").asText().equals("remove"))
                .allSatisfy(voted -> assertThat(voted.get("yes").asBoolean()).isFalse())
                .extracting(voted -> voted.get("node").asText())
                .containsExactlyInAnyOrder("seed:0", "seed:2");
        assertThat(played.events("refused"))
                .hasSize(8)
                .allSatisfy(refused -> assertThat(refused.get("reason").asText())
                        .contains("only 1 of 3 seeds have signed, and 2 must"));
        assertThatNobodyGoesFor(played, 10);
    }

    @Test
    void whoIsSlowIsSuspectedAndClearedAndStays() {
        Played played = played("slow");
        played.untilEvent("suspected");
        assertThat(played.events("suspected").getFirst().get("neighbour").asText())
                .isEqualTo("sim:4");
        played.untilEvent("cleared");
        assertThatNobodyGoesFor(played, 10);
    }

    @Test
    void theLastNodeToKnowHearsByAntiEntropy() {
        Played played = played("last-to-know").toTheEnd();
        List<JsonNode> delivered = played.events("delivered");
        assertThat(delivered).hasSize(13);
        assertThat(delivered.getLast().get("way").asText()).isEqualTo("antiEntropy");
        assertThat(delivered.subList(0, 12))
                .allSatisfy(one -> assertThat(one.get("way").asText()).isEqualTo("eager"));
    }

    private static void assertThatNobodyGoesFor(Played played, int seconds) {
        played.untilMicros(played.steps.getLast().get("micros").asLong() + seconds * 1_000_000L);
        assertThat(removed(played)).isEmpty();
        assertThat(played.node("seed:0").get("members")).hasSize(8);
    }

    private static Set<String> removed(Played played) {
        Set<String> removed = new TreeSet<>();
        played.events("memberRemoved")
                .forEach(one -> removed.add(one.get("member").asText()));
        return removed;
    }
}
