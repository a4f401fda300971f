package dev.hearsay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each intervention does what it says, and a run is made again from its text. */
class InterventionsTest {

    private static final String TEXT = "seeds=3&peers=6&random-seed=7";

    private static Played network() {
        Played played = new Played(TEXT);
        played.untilMicros(1_500_000);
        return played;
    }

    /** The lesson made from the text of this one is this one. */
    private static void assertThatItIsMadeAgain(Played played) {
        Played again = new Played(played.lesson.text());
        while (again.steps.size() < played.steps.size()) {
            again.steps.add(Played.json(String.valueOf(again.lesson.next())));
        }
        // What a step says of the end takes into account what is still to be done.
        assertThat(again.lesson.digest()).isEqualTo(played.lesson.digest());
        assertThat(again.lesson.events()).isEqualTo(played.lesson.events());
        assertThat(again.lesson.nodes()).isEqualTo(played.lesson.nodes());
        assertThat(again.lesson.ahead()).isEqualTo(played.lesson.ahead());
        assertThat(again.lesson.text()).isEqualTo(played.lesson.text());
    }

    @Test
    void killStopsANodeAndItIsRemoved() {
        Played played = network();
        JsonNode step = played.intervene("kill:4");
        assertThat(step.get("kind").asText()).isEqualTo("intervention");
        assertThat(step.get("changed").get(0).get("after").get("state").get(0).asText())
                .isEqualTo("down");
        played.toTheEnd();
        assertThat(played.events("memberRemoved"))
                .hasSize(5)
                .allSatisfy(
                        removed -> assertThat(removed.get("member").asText()).isEqualTo("sim:4"));
        assertThatItIsMadeAgain(played);
    }

    @Test
    void restartBringsANodeBackWithWhatItHadSaved() {
        Played played = network();
        played.toTheEnd();
        played.intervene("kill:s1");
        assertThat(played.node("seed:1").get("state").get(0).asText()).isEqualTo("down");
        JsonNode back = played.intervene("restart:s1");
        assertThat(Played.hasEvent(back, "seedStarted")).isTrue();
        assertThat(played.node("seed:1").get("members")).hasSize(6);
        assertThatItIsMadeAgain(played);
    }

    @Test
    void aNodeWithoutSeedsComesBackWithItsMessages() {
        Played played = new Played("seeds=0&peers=5&random-seed=3").toTheEnd();
        assertThat(played.node("sim:2").get("rumors")).hasSize(1);
        // What was only heard is written behind, a tenth of a second later.
        played.untilMicros(3_000_000);
        played.intervene("kill:2");
        played.intervene("restart:2");
        assertThat(played.node("sim:2").get("rumors")).hasSize(1);
        assertThatItIsMadeAgain(played);
    }

    @Test
    void pauseAndResume() {
        Played played = network();
        played.intervene("pause:2");
        assertThat(played.node("sim:2").get("state").get(0).asText()).isEqualTo("paused");
        JsonNode waits = played.until(step -> step.get("kind").asText().equals("waits"));
        assertThat(waits.get("node").asText()).isEqualTo("sim:2");
        assertThat(waits.get("signals")).isEmpty();
        played.intervene("resume:2");
        assertThat(played.node("sim:2").get("state").get(0).asText()).isEqualTo("up");
        JsonNode taken = played.until(step -> step.path("node").asText().equals("sim:2")
                && !step.get("kind").asText().equals("waits"));
        assertThat(taken.path("message").path("content"))
                .isEqualTo(waits.path("message").path("content"));
        assertThatItIsMadeAgain(played);
    }

    @Test
    void cutIsOneWayAndMendEndsIt() {
        Played played = network();
        JsonNode neighbours = played.node("sim:0").get("neighbours");
        String other = neighbours.get(0).asText();
        String number = other.substring(other.indexOf(':') + 1);
        played.intervene("cut:0:" + number);
        JsonNode lost = played.until(step -> !step.path("lost").isEmpty());
        assertThat(lost.get("lost").get(0).get("from").asText()).isEqualTo("sim:0");
        assertThat(lost.get("lost").get(0).get("to").asText()).isEqualTo(other);
        assertThat(lost.get("lost").get(0).get("why").asText()).isEqualTo("the link is cut");
        played.until(step -> step.path("from").asText().equals(other)
                && step.get("node").asText().equals("sim:0"));
        played.intervene("mend:0:" + number);
        int steps = played.steps.size();
        played.until(step -> step.path("from").asText().equals("sim:0")
                && step.get("node").asText().equals(other));
        assertThat(played.steps.subList(steps, played.steps.size()))
                .allSatisfy(step -> assertThat(step.path("lost")).isEmpty());
        assertThatItIsMadeAgain(played);
    }

    @Test
    void aDroppedMessageNeverArrives() {
        Played played = new Played(TEXT);
        played.untilEvent("published");
        JsonNode message = played.onTheirWay().getFirst();
        long number = message.get("number").asLong();
        JsonNode step = played.intervene("drop:" + number);
        assertThat(step.get("lost").get(0).get("content")).isEqualTo(message.get("content"));
        played.toTheEnd();
        assertThat(played.steps)
                .noneMatch(one -> one.path("message").path("number").asLong(-1) == number);
        assertThat(played.events("delivered")).hasSize(5);
        assertThatItIsMadeAgain(played);
    }

    @Test
    void aMessageThatIsToComeFirstDoes() {
        Played played = new Played(TEXT);
        played.untilEvent("published");
        JsonNode last = played.onTheirWay().getLast();
        played.intervene("first:" + last.get("number").asLong());
        JsonNode step = played.until(one -> true);
        assertThat(step.get("message").get("number")).isEqualTo(last.get("number"));
        assertThat(step.get("micros").asLong()).isLessThan(last.get("arrives").asLong());
        played.toTheEnd();
        assertThatItIsMadeAgain(played);
    }

    @Test
    void aMessageIsPublishedWithItsText() {
        Played played = network();
        JsonNode step = played.intervene("publish:3:caf%C3%A9%3B%26");
        assertThat(step.get("sent")
                        .get(0)
                        .get("content")
                        .get("rumor")
                        .get("text")
                        .asText())
                .isEqualTo("café;&");
        played.toTheEnd();
        String id = played.events("published").getFirst().get("id").asText();
        assertThat(played.events("delivered"))
                .filteredOn(delivered -> delivered.get("id").asText().equals(id))
                .hasSize(5);
        assertThatItIsMadeAgain(played);
    }

    @Test
    void aLiarAloneRemovesNobody() {
        Played played = network();
        played.intervene("accuse:1:4");
        played.untilEvent("refused");
        played.toTheEnd();
        assertThat(played.events("memberRemoved")).isEmpty();
        assertThatItIsMadeAgain(played);
    }

    @Test
    void aSeedThatGoesBadAloneRemovesNobody() {
        Played played = network();
        played.intervene("condemn:s1:4");
        JsonNode refused = played.untilEvent("refused");
        assertThat(refused.get("from").asText()).isEqualTo("seed:1");
        played.toTheEnd();
        assertThat(played.events("memberRemoved")).isEmpty();
        assertThatItIsMadeAgain(played);
    }

    @Test
    void whatIsForgedCanBeDroppedToo() {
        Played played = network();
        JsonNode step = played.intervene("condemn:s1:4");
        played.intervene("drop:" + step.get("sent").get(0).get("number").asLong());
        played.toTheEnd();
        assertThat(played.events("refused")).hasSize(5);
        assertThatItIsMadeAgain(played);
    }

    @Test
    void twoFuturesOfOnePastDifferAndBothCanBeHadAgain() {
        Played kills = network();
        String past = kills.lesson.text();
        kills.intervene("kill:4");
        kills.toTheEnd();
        Played pauses = network();
        assertThat(pauses.lesson.text()).isEqualTo(past);
        pauses.intervene("pause:4");
        pauses.untilEvent("suspected");
        assertThat(kills.lesson.digest()).isNotEqualTo(pauses.lesson.digest());
        assertThat(kills.lesson.text())
                .isEqualTo(past + "&do=" + interventions(kills).getFirst());
    }

    private static List<String> interventions(Played played) {
        List<String> interventions = new ArrayList<>();
        for (JsonNode step : played.steps) {
            if (step.has("intervention")) {
                interventions.add(step.get("event").asText() + ":"
                        + step.get("intervention").asText());
            }
        }
        return interventions;
    }

    @Test
    void whatMakesNoSenseNowIsRefusedAndChangesNothing() {
        Played played = network();
        String digest = played.lesson.digest();
        String text = played.lesson.text();
        assertRefused(played, "restart:1", "node 1 runs already");
        assertRefused(played, "resume:1", "node 1 is not paused");
        assertRefused(played, "mend:1:2", "is not cut");
        assertRefused(played, "cut:1:1", "a link is between two nodes");
        assertRefused(played, "drop:999999", "no message 999999 is on its way");
        assertRefused(played, "publish:s0:hello", "seeds do not gossip");
        assertRefused(played, "publish:1:" + "x".repeat(65), "has at most 64 bytes, not 65");
        assertRefused(played, "accuse:1:1", "a peer accuses another peer");
        assertRefused(played, "condemn:1:2", "it is a seed that condemns");
        assertRefused(played, "condemn:s1:s2", "it is a seed that condemns");
        assertRefused(played, "kill:s3", "there is no such node");
        assertThat(played.lesson.digest()).isEqualTo(digest);
        assertThat(played.lesson.text()).isEqualTo(text);
    }

    private static void assertRefused(Played played, String intervention, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> played.lesson.intervene(intervention))
                .withMessageContaining(why);
    }

    @Test
    void whatALinkAsksForInVainIsSaidAndTheLessonGoesOn() {
        Played played = new Played(TEXT + "&do=50:drop:999999;60:kill:4");
        JsonNode refused = played.until(step -> step.get("kind").asText().equals("refused"));
        assertThat(refused.get("words").asText())
                .isEqualTo("'50:drop:999999' cannot be done: no message 999999 is on its way");
        JsonNode killed = played.until(step -> step.get("kind").asText().equals("intervention"));
        assertThat(killed.get("event").asLong()).isEqualTo(60);
        assertThat(played.lesson.text()).isEqualTo(TEXT + "&do=60:kill:4");
    }
}
