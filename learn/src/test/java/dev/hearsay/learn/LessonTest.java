package dev.hearsay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of real nodes, one event at a time. */
class LessonTest {

    private static final String SIX_PHASES = "seeds=3&peers=8&random-seed=42&crash=3@6s";

    @Test
    void allSixPhasesHappenInTheirOrder() {
        Played played = new Played(SIX_PHASES).toTheEnd();
        Set<String> phases = new LinkedHashSet<>();
        played.steps.forEach(step -> phases.add(step.get("phase").asText()));
        assertThat(phases).containsExactly("seeds", "registration", "overlay", "dissemination", "detection", "removal");
        assertThat(played.events("seedStarted"))
                .hasSize(3)
                .allSatisfy(seed -> assertThat(seed.get("quorum").asInt()).isEqualTo(2));
        assertThat(played.events("voteReceived")).anySatisfy(vote -> {
            assertThat(vote.get("yes").asBoolean()).isTrue();
            assertThat(vote.get("yesVotes").asInt()).isGreaterThanOrEqualTo(2);
        });
        assertThat(played.events("registered")).hasSize(8);
        assertThat(played.events("neighboursDrawn")).isNotEmpty();
        assertThat(played.events("delivered")).hasSize(7);
        assertThat(played.events("duplicate")).isNotEmpty();
        assertThat(played.events("suspected")).isNotEmpty();
        assertThat(played.events("jurySpoke")).anySatisfy(suspicions -> {
            assertThat(suspicions.get("accused").asText()).isEqualTo("sim:3");
            assertThat(suspicions.get("majority").asBoolean()).isTrue();
        });
        assertThat(played.events("decided"))
                .anySatisfy(decided -> assertThat(decided.toString()).contains("\"remove\"", "\"approved\":true"));
        assertThat(played.events("memberRemoved")).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeds=3&peers=8&crash=3@6s | seeds=3 nodes=8 crash=3@6s",
                "seeds=5&peers=12&loss=5%&pause=2@4s+3s | seeds=5 nodes=12 loss=5% pause=2@4s+3s",
                "seeds=0&peers=9&topology=small-world:4:0.2&crash=2@3s+2s | nodes=9 topology=small-world:4:0.2 crash=2@3s+2s",
            })
    void isTheSimulationEventByEvent(String text, String options) {
        for (int randomSeed = 1; randomSeed <= 10; randomSeed++) {
            var spec = SimulationSpec.builder()
                    .set("latency", "uniform:5ms-20ms")
                    .set("first", "2s")
                    .set("heartbeats", "1s")
                    .set("random-seed", randomSeed);
            for (String option : options.split(" ", -1)) {
                spec.set(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
            }
            Simulation simulation = Simulation.of(spec.build());
            simulation.run();
            Lesson lesson = Lesson.of(text + "&random-seed=" + randomSeed);
            while (!lesson.isDone()) {
                assertThat(lesson.next()).isNotNull();
            }
            assertThat(lesson.digest()).isEqualTo(Long.toHexString(simulation.digest()));
            assertThat(lesson.events()).isEqualTo(simulation.progress().events());
        }
    }

    @Test
    void theSameTextGivesTheSameSteps() {
        Played once = new Played(SIX_PHASES).toTheEnd();
        Played again = new Played(SIX_PHASES).toTheEnd();
        assertThat(again.steps).isEqualTo(once.steps);
        assertThat(again.lesson.digest()).isEqualTo(once.lesson.digest());
    }

    @Test
    void stepsAreNumberedOneByOneAndShowWhatChanged() {
        Played played = new Played(SIX_PHASES).toTheEnd();
        for (int i = 0; i < played.steps.size(); i++) {
            assertThat(played.steps.get(i).get("step").asInt()).isEqualTo(i);
        }
        JsonNode published = played.steps.stream()
                .filter(step -> Played.hasEvent(step, "published"))
                .findFirst()
                .orElseThrow();
        assertThat(published.get("changed").get(0).get("before").get("rumors")).isEmpty();
        assertThat(published.get("changed").get(0).get("after").get("rumors")).hasSize(1);
        assertThat(published.get("sent")).isNotEmpty();
        assertThat(published.get("sent").get(0).get("content").get("type").asText())
                .isEqualTo("GOSSIP");
        assertThat(published.get("signals").get(0).get("words").asText()).startsWith("published ");
    }

    @Test
    void whatWasSentIsOnItsWayAndArrivesWhenItWasSaid() {
        Played played = new Played(SIX_PHASES);
        JsonNode published = played.untilEvent("published");
        List<Long> numbers = new ArrayList<>();
        published.get("sent").forEach(sent -> numbers.add(sent.get("number").asLong()));
        List<JsonNode> onTheirWay = played.onTheirWay();
        assertThat(onTheirWay).extracting(one -> one.get("number").asLong()).containsAll(numbers);
        JsonNode first = onTheirWay.getFirst();
        JsonNode arrived =
                played.until(step -> step.path("message").path("number").asLong()
                        == first.get("number").asLong());
        assertThat(arrived.get("micros")).isEqualTo(first.get("arrives"));
        assertThat(arrived.get("node")).isEqualTo(first.get("to"));
        assertThat(arrived.get("from")).isEqualTo(first.get("from"));
        assertThat(arrived.get("message").get("content")).isEqualTo(first.get("content"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peers=0 | peers of a lesson are 2 to 100, not 0",
                "peers=10000 | peers of a lesson are 2 to 100, not 10000; for larger networks there is gossip simulate",
                "peers= | peers of a lesson are 2 to 100, not nothing",
                "peers=many | peers of a lesson are 2 to 100, not many",
                "seeds=50 | seeds of a lesson are 0 to 9, not 50; 3 or 5 are usual",
                "seeds=3&seeds=4 | a lesson has one seeds, not two",
                "seeds=3,peers=8 | seeds of a lesson are 0 to 9, not 3,peers=8",
                "colour=blue | a lesson has no option colour",
                "heal=5s | a lesson has no option heal",
                "topology=circular | in a network with seeds peers draw their neighbours",
                "rumors=1000 | a lesson has at most 20 rumors, not 1000",
                "crash=9@1s | there is no node 9",
                "do=kill:4 | 'kill' is not a number",
                "do=5:explode:4 | 'explode:4' cannot be done; write kill:N",
                "do=5:kill:8 | there is no node 8; they are numbered 0 to 7",
                "do=5:kill:4:5 | cannot be done; write kill:N",
                "do=5:publish:1:%4 | two hexadecimal digits are missing",
                "do=9:kill:4;5:kill:3 | write in order",
                "nonsense | 'nonsense' is no option of a lesson",
            })
    void badInputIsAnsweredByOneSentence(String line) {
        String[] parts = line.split(" \\| ", -1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lesson.of(parts[0]))
                .withMessageContaining(parts[1])
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
