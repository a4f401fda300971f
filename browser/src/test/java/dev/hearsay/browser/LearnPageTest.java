package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.web.SingleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is seen and done on the page that steps through a small network, with no network running. */
class LearnPageTest extends BrowserFixture {

    private static final List<String> PHASES =
            List.of("Seeds", "Registration", "Overlay", "Dissemination", "Failure detection", "Removal");

    private LearnPage learn;

    @BeforeEach
    void openWithoutNetwork() throws Exception {
        watch(ANYWHERE, new NodeId("127.0.0.1", 1));
        open(Look.DESK, LearnPage.PLACE);
        learn = new LearnPage(page);
        assertThat(learn.happened()).hasText("Nothing has happened yet.");
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    @Test
    void allSixPhasesAreGoneThroughForwardsAndBackwardsByKeys() {
        press("ArrowRight");
        assertThat(learn.told()).containsText("quorum 2");
        for (String phase : PHASES.subList(1, PHASES.size())) {
            press("Shift+ArrowRight");
            assertThat(learn.phase()).hasText(phase);
            assertThat(learn.why()).not().isEmpty();
        }
        assertThat(learn.told()).containsText("is dead, confirmed by");
        for (String phase : PHASES.reversed().subList(1, PHASES.size())) {
            press("Shift+ArrowLeft");
            assertThat(learn.phase()).hasText(phase);
        }
        String first = learn.happened().textContent();
        press("ArrowRight");
        assertThat(learn.happened()).not().hasText(first);
        press("ArrowLeft");
        assertThat(learn.happened()).hasText(first);
    }

    @Test
    void whoeverIntervenesForksAndMayUndoAndALinkShowsTheSame() {
        learn.button("Dissemination").click();
        assertThat(learn.happened()).containsText("publishes");
        String before = learn.happened().textContent();
        learn.choose("node 1");
        learn.button("Kill").click();
        assertThat(learn.happened()).hasText("You have intervened: kill 1.");
        assertThat(learn.branches()).hasCount(2);
        String address = page.url();
        learn.button("Failure detection").click();
        assertThat(learn.told()).containsText(Pattern.compile("suspects node [14]"));
        learn.button("Undo").click();
        assertThat(learn.happened()).hasText(before);
        learn.branches().nth(1).click();
        assertThat(learn.branches().nth(1)).hasAttribute("aria-pressed", "true");
        assertThat(learn.told()).containsText(Pattern.compile("suspects node [14]"));
        open(Look.DESK, address.substring(address.indexOf('#')));
        assertThat(new LearnPage(page).happened()).hasText("You have intervened: kill 1.");
    }

    @Test
    void aMessageOnItsWayIsDropped() {
        learn.button("Dissemination").click();
        assertThat(learn.happened()).containsText("publishes");
        learn.button("Drop the message").click();
        assertThat(learn.happened()).containsText("You have intervened: drop");
    }

    @Test
    void whatMakesNoSenseIsSaidInOneSentence() {
        open(Look.DESK, LearnPage.PLACE + "?lesson=seeds%3D30");
        LearnPage other = new LearnPage(page);
        assertThat(other.trouble()).hasText("seeds of a lesson are 0 to 9, not 30; 3 or 5 are usual");
        page.locator("#learn-form [name=peers]").fill("10000");
        other.button("Begin").click();
        assertThat(other.trouble()).containsText("peers of a lesson are 2 to 100, not 10000");
        page.locator("#learn-form [name=peers]").fill("5");
        other.button("Begin").click();
        assertThat(other.trouble()).isEmpty();
        assertThat(other.happened()).hasText("Nothing has happened yet.");
        assertThat(troubles.unexpected()).isEmpty();
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
