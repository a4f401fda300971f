package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.hearsay.core.NodeId;
import dev.hearsay.learn.Story;
import dev.hearsay.web.SingleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is seen on the page that steps through a small network, with no network running. */
class LearnPageTest extends BrowserFixture {

    private static final List<String> PHASES =
            List.of("Seeds", "Registration", "Overlay", "Dissemination", "Failure detection", "Removal");

    /** What is missing on the cards of all steps of a lesson that people see, until it is done. */
    private static final String GAPS = """
            async (text) => {
              const [engine, { Lesson }, { card, matters }] = await Promise.all(['/engine.js', '/model/lesson.js', '/model/cards.js'].map((path) => import(path)));
              const lesson = new Lesson(engine, text);
              const gaps = [];
              for (let i = 0; lesson.reach(i + 1); i++) {
                const step = lesson.steps[i];
                lesson.at(i);
                if (matters(step)) {
                  const { happened, why, next } = card(step, lesson);
                  for (const part of [happened, why, next]) if (!part || /undefined|NaN|null/.test(part)) gaps.push(`${i} ${step.kind}: ${happened} | ${why} | ${next}`);
                }
                if (step.done) return gaps;
              }
              return [...gaps, 'it is never done'];
            }""";

    private LearnPage learn;

    @BeforeEach
    void openWithoutNetwork() throws Exception {
        watch(ANYWHERE, new NodeId("127.0.0.1", 1));
        open("");
        assertThat(learn.happened()).hasText("Nothing has happened yet.");
    }

    private void open(String query) {
        open(Look.DESK, LearnPage.PLACE + query);
        learn = new LearnPage(page);
    }

    @Test
    void allSixPhasesAreGoneThroughByKeysAndShowTheSameCardsBackwards() {
        Map<String, List<String>> forwards = new LinkedHashMap<>();
        learn.press("ArrowRight");
        assertThat(learn.told()).containsText("quorum 2");
        forwards.put("Seeds", threeCards("ArrowRight"));
        for (String phase : PHASES.subList(1, PHASES.size())) {
            learn.press("Shift+ArrowRight");
            assertThat(learn.phase()).hasText(phase);
            forwards.put(phase, threeCards("ArrowRight"));
        }
        assertThat(learn.happened()).not().isEmpty();
        learn.press("End");
        assertThat(learn.happened()).containsText("all agree");
        for (String phase : PHASES.reversed()) {
            // From within a phase it is the beginning of this one that is behind the next step to the left.
            learn.button(phase).click();
            assertThat(learn.phase()).hasText(phase);
            learn.press("ArrowRight", "ArrowRight");
            assertThat(threeCards("ArrowLeft").reversed()).as(phase).isEqualTo(forwards.get(phase));
        }
        learn.press("Home");
        assertThat(learn.happened()).hasText("Nothing has happened yet.");
    }

    @Test
    void shiftAndArrowGoFromPhaseToPhaseAndBack() {
        List<String> forwards = new ArrayList<>();
        for (String phase : PHASES.subList(1, PHASES.size())) {
            learn.press("Shift+ArrowRight");
            assertThat(learn.phase()).hasText(phase);
            forwards.add(learn.card());
        }
        assertThat(learn.told()).containsText("is dead, confirmed by");
        for (int i = forwards.size() - 2; i >= 0; i--) {
            learn.press("Shift+ArrowLeft");
            assertThat(learn.phase()).hasText(PHASES.get(i + 1));
            assertThat(learn.card()).isEqualTo(forwards.get(i));
        }
    }

    /** The card that is shown, and those of two more steps. */
    private List<String> threeCards(String key) {
        List<String> cards = new ArrayList<>();
        cards.add(learn.card());
        for (int i = 0; i < 2; i++) {
            learn.press(key);
            cards.add(learn.card());
        }
        return cards;
    }

    @Test
    void everyPhaseShowsItsNumbers() {
        learn.press("ArrowRight");
        assertThat(learn.why()).containsText("⌊3 / 2⌋ + 1 = 2");
        learn.button("Show me").click();
        assertThat(page.locator("#learn-tally")).containsText("proposed by seed s");
        assertThat(page.locator("#learn-votes")).containsText("s0");
        assertThat(page.locator("#learn-sum")).containsText("2 yes of 3; ⌊3 / 2⌋ + 1 = 2 needed");
        learn.button("Overlay").click();
        assertThat(page.locator("#learn-ranks tr")).hasCount(3);
        assertThat(page.locator("#learn-ranks .drawn")).hasCount(2);
        assertThat(page.locator("#learn-ranks tr").nth(1)).containsText("0.500");
        learn.button("Dissemination").click();
        assertThat(page.locator("#learn-progress"))
                .hasText("So far 1 of 8 peers have it, and 0 duplicates were dropped.");
        learn.button("Failure detection").click();
        assertThat(page.locator("#learn-suspicion [aria-current]")).hasText("Suspicion");
        learn.button("Removal").click();
        assertThat(learn.why()).containsText("have signed");
    }

    @Test
    void everyStepOfEveryStorySaysWhatHappenedWhyAndWhatToWatchNext() {
        for (Story story : Story.all()) {
            assertThat(page.evaluate(GAPS, story.text())).as(story.name()).isEqualTo(List.of());
        }
        assertThat(page.evaluate(GAPS, "seeds=0&peers=6&topology=circular&leave=2@3s+4s&slow=1@2s+2s:50ms&cut=3@2s+2s"))
                .isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "life | Seed s1 gets from seed s2",
                "biggest-hub | You have killed node 0.",
                "split-brain | Something goes wrong: nodes 3, 7, 8 and seed s2 are cut off from the others.",
                "liar | You have let node 1 lie that node 4 is dead.",
                "bad-seed | You have let seed s1 go bad: it wants node 4 removed.",
                "slow | Something goes wrong: node 4 stands still.",
                "last-to-know | Somebody publishes a message."
            })
    void everyStoryHasALinkAndAMoment(String name, String moment) {
        open("?story=" + name);
        Story story = Story.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(learn.story()).hasText(story.title());
        assertThat(page.locator("#learn-intro")).containsText(story.claim());
        learn.button("Show me").click();
        assertThat(learn.happened()).containsText(moment);
        // The link to this very step shows it again.
        String address = page.url();
        assertThat(address).contains("story=" + name, "step=");
        open(address.substring(address.indexOf('?')));
        assertThat(learn.happened()).containsText(moment);
    }

    @Test
    void aLinkWithinThePageIsFollowed() {
        page.evaluate("location.hash = '#/learn?story=slow'");
        assertThat(learn.story()).hasText("Slow is not dead");
    }

    @Test
    void aLinkToAStoryThatDoesNotExistSaysSoAndThePageIsUsable() {
        open("?story=xyz");
        assertThat(learn.trouble()).hasText("There is no story “xyz”; choose one of the list.");
        learn.press("ArrowRight");
        assertThat(learn.told()).containsText("quorum 2");
    }

    @Test
    void aTopologyIsChosenWithItsParameter() {
        learn.field("seeds").fill("0");
        learn.field("peers").fill("9");
        learn.field("topology").selectOption("small-world");
        learn.field("parameter").fill("4:0.2");
        learn.field("crash").fill("");
        learn.button("Begin").click();
        assertThat(learn.trouble()).isEmpty();
        learn.press("ArrowRight");
        assertThat(learn.why()).containsText("the topology says who its neighbours are");
        assertThat(page).hasURL(Pattern.compile("topology%3Dsmall-world%3A4%3A0\\.2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeds | 10 | Seeds of a lesson are 0 to 9, not 10; 3 or 5 are usual",
                "peers | 0 | Peers of a lesson are 2 to 100, not 0",
                "peers | 10000 | Peers of a lesson are 2 to 100, not 10000; for larger networks there is gossip simulate",
                "peers | | Peers of a lesson are 2 to 100, not nothing",
                "random | many | Random-seed must be a whole number",
                "parameter | -1 | ALPHA must be 0 to 10",
                "crash | 99 | there is no node 99",
                "more | colour=blue | A lesson has no option colour"
            })
    void whatMakesNoSenseIsSaidInOneSentenceAndItsFieldIsMarked(String field, String value, String sentence) {
        learn.field(field).fill(value == null ? "" : value);
        learn.button("Begin").click();
        assertThat(learn.trouble()).containsText(sentence);
        assertThat(learn.field(field)).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#learn-form [aria-invalid]")).hasCount(1);
        page.locator("#learn-story").selectOption("1");
        assertThat(learn.trouble()).isEmpty();
        assertThat(page.locator("#learn-form [aria-invalid]")).hasCount(0);
        assertThat(learn.field(field)).not().hasValue(value == null ? "" : value);
    }

    @Test
    void aLinkToNoLessonSaysSoAndThePageIsUsable() {
        open("?lesson=seeds%3D30");
        assertThat(learn.trouble()).hasText("Seeds of a lesson are 0 to 9, not 30; 3 or 5 are usual");
        learn.press("ArrowRight");
        assertThat(learn.told()).containsText("quorum 2");
    }

    @Test
    void aLinkToWhatALessonHasNotSaysSo() {
        open("?story=life&step=99999");
        assertThat(learn.trouble()).hasText("This lesson has no step 100,000; here is its beginning.");
        open("?story=life&beside=3&step=2");
        assertThat(learn.trouble()).containsText("The branch to compare with is none of this lesson");
        assertThat(page.locator("#learn-time")).containsText("Step 3,");
        open("?lesson=seeds%3D0%26peers%3D4%26crash%3D1@3s");
        assertThat(learn.happened()).hasText("Nothing has happened yet.");
        learn.button("Removal").click();
        assertThat(learn.trouble())
                .hasText("In this lesson there is no removal: it has no seeds, and so neither witnesses nor a vote.");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothing(ColorScheme colours) {
        for (Look size : List.of(Look.DESK, Look.PHONE)) {
            open(size.in(colours).still(), LearnPage.PLACE + "?story=biggest-hub");
            learn = new LearnPage(page);
            learn.button("Show me").click();
            assertThat(learn.happened()).hasText("You have killed node 0.");
            learn.choose("node 3");
            learn.button("Undo").click();
            assertThat(learn.branches()).hasCount(2);
            learn.compare("Killed node 0, 6.0 s");
            learn.button("Removal").click();
            assertThat(learn.trouble()).containsText("In this lesson there is no removal");
            learn.button("Overlay").click();
            assertThat(page.locator("#learn-draw")).isVisible();
            learn.field("peers").fill("0");
            learn.button("Begin").click();
            assertThat(learn.field("peers")).hasAttribute("aria-invalid", "true");
            assertThat(Axe.violations(page)).as(size.toString()).isEmpty();
            assertThat(new Shell(page).isTooWide()).as(size.toString()).isFalse();
        }
    }

    @Test
    void itIsSavedAsOneFileThatOpensWithWhatIsShown() throws Exception {
        learn.button("Overlay").click();
        assertThat(learn.phase()).hasText("Overlay");
        String address = (String) page.evaluate("location.hash");
        Path file = folder("saved").resolve("lesson.html");
        page.waitForDownload(() -> learn.button("Save as one file").click()).saveAs(file);
        String opens = "name=\"opens\" content=\"";
        String expected =
                SingleFile.of("").replaceFirst(opens, Matcher.quoteReplacement(opens + address.replace("&", "&amp;")));
        assertThat(Files.readString(file).equals(expected)).as(address).isTrue();
        dashboard.close();
        troubles.expect("ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_CONNECTION_RESET");
        learn.button("Save as one file").click();
        assertThat(learn.trouble()).containsText("the dashboard does not answer");
    }

    @Test
    void withoutANetworkADemonstrationIsOffered() {
        open(Look.DESK, LivePage.PLACE);
        learn = new LearnPage(page);
        page.getByText("start a demonstration in this page").click();
        assertThat(learn.button("❚❚ Pause")).isVisible();
        assertThat(page.locator("#learn-time")).containsText("Step ");
        page.keyboard().press("Space");
        assertThat(learn.button("▶ Play")).isVisible();
        // Whoever comes back finds it as it was left.
        new Shell(page).click("Live");
        new Shell(page).click("Learn");
        assertThat(learn.button("▶ Play")).isVisible();
    }
}
