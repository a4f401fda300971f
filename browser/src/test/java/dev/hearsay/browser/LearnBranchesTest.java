package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.hearsay.core.NodeId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever intervenes in a lesson forks it: what is done, undone, compared and shared. */
class LearnBranchesTest extends BrowserFixture {

    private LearnPage learn;

    @BeforeEach
    void openAtThePublication() throws Exception {
        watch(ANYWHERE, new NodeId("127.0.0.1", 1));
        open(Look.DESK, LearnPage.PLACE);
        learn = new LearnPage(page);
        assertThat(learn.happened()).hasText("Nothing has happened yet.");
        learn.button("Dissemination").click();
        assertThat(learn.happened()).containsText("publishes");
    }

    /** The address that is shown now, in a browser that has never seen the page. */
    private void openTheLink() {
        String address = page.url();
        open(Look.DESK, address.substring(address.indexOf('#')));
        learn = new LearnPage(page);
    }

    @Test
    void whoeverIntervenesForksAndMayUndo() {
        String before = learn.card();
        learn.choose("node 1");
        page.locator("#learn-node").blur();
        learn.press("k");
        assertThat(learn.happened()).hasText("You have killed node 1.");
        assertThat(learn.branches()).hasCount(2);
        learn.button("Failure detection").click();
        assertThat(learn.told()).containsText(Pattern.compile("suspects node [14]"));
        String later = learn.card();
        learn.press("u");
        assertEquals(before, learn.card());
        assertThat(learn.branch()).hasText("As it was");
        learn.press("b");
        assertThat(learn.branch()).containsText("Killed node 1");
        assertEquals(later, learn.card());
    }

    @Test
    void branchesAreComparedAtTheSameTimeAndALinkCarriesBoth() {
        learn.choose("node 1");
        learn.button("Kill").click();
        assertThat(learn.happened()).hasText("You have killed node 1.");
        learn.compare("As it was");
        assertThat(learn.differences()).containsText("Messages sent");
        assertThat(learn.differences()).containsText(Pattern.compile("Node 1: state\\s*dead\\s*has not the message"));
        learn.press("End");
        assertThat(difference("Removed by the seeds")).containsText(Pattern.compile("1, 4\\s*4"));
        assertThat(difference("The message")).containsText("reached 7 of 8 peers");
        assertThat(difference("The message")).containsText("reached 8 of 8 peers");
        assertThat(page.locator("#learn-other")).isVisible();
        String differences = learn.differences().textContent();
        openTheLink();
        assertThat(learn.happened()).containsText("all agree");
        assertThat(learn.branches()).hasCount(2);
        assertThat(learn.branch()).containsText("Killed node 1");
        assertThat(learn.differences()).hasText(differences);
        // Over there, the one that was shown stands beside.
        learn.branches().first().click();
        assertThat(page.locator("#learn-shown-name")).hasText("As it was");
        assertThat(page.locator("#learn-beside-name")).containsText("Killed node 1");
    }

    private Locator difference(String about) {
        return learn.differences()
                .locator("tr", new Locator.LocatorOptions().setHasText(Pattern.compile("^\\s*" + about)));
    }

    @Test
    void whatALinkHasDoneCanBeUndone() {
        learn.choose("node 1");
        learn.button("Kill").click();
        assertThat(learn.happened()).hasText("You have killed node 1.");
        String address = page.url().replaceAll("&with=[^&]*", "");
        open(Look.DESK, address.substring(address.indexOf('#')));
        learn = new LearnPage(page);
        assertThat(learn.happened()).hasText("You have killed node 1.");
        assertThat(learn.branches()).hasCount(1);
        learn.button("Undo").click();
        assertThat(learn.happened()).containsText("publishes");
        assertThat(learn.branches()).hasCount(2);
    }

    @Test
    void aLinkIsCutAndMendedFromTheListOfNeighboursAndInThePicture() {
        learn.choose("node 0");
        Locator cut = learn.facts()
                .getByLabel("Cut the link between node 0 and node 1", new Locator.GetByLabelOptions().setExact(true));
        cut.focus();
        page.keyboard().press("Enter");
        assertThat(learn.happened()).hasText("You have cut the link from node 1 to node 0.");
        assertThat(learn.branches()).hasCount(2);
        assertThat(learn.facts()).containsText("1 (cut)");
        learn.press("ArrowRight", "ArrowRight");
        learn.facts()
                .getByLabel("Mend the link between node 0 and node 1", new Locator.GetByLabelOptions().setExact(true))
                .click();
        assertThat(learn.happened()).hasText("You have mended the link from node 1 to node 0.");
        learn.press("u", "u");
        assertThat(learn.branch()).hasText("As it was");
        clickBetween("0", "2");
        assertThat(learn.facts()).containsText("The link between node 0 and node 2.");
        learn.button("Cut 0 → 2").click();
        assertThat(learn.happened()).hasText("You have cut the link from node 0 to node 2.");
        assertThat(learn.facts()).containsText("which is cut");
    }

    /** In the middle of a link; nodes stand on a circle from the top on, clockwise, as the page lays few of them out. */
    private void clickBetween(String one, String other) {
        Locator canvas = page.locator("#learn-graph");
        var box = canvas.boundingBox();
        double half = Math.max(20, Math.min(box.width, box.height) / 2 - 36);
        double wide = half * Math.min(1.6, Math.max(1, (box.width / 2 - 60) / half));
        double[] x = new double[2];
        double[] y = new double[2];
        String[] names = {one, other};
        for (int i = 0; i < 2; i++) {
            double angle = 2 * Math.PI * Integer.parseInt(names[i]) / 8 - Math.PI / 2;
            x[i] = box.width / 2 + Math.cos(angle) * wide;
            y[i] = box.height / 2 + Math.sin(angle) * half;
        }
        // Nearer to one end, where fewer links cross.
        canvas.click(new Locator.ClickOptions().setPosition(0.65 * x[0] + 0.35 * x[1], 0.65 * y[0] + 0.35 * y[1]));
    }

    @Test
    void aMessageOnItsWayIsDroppedOrComesFirst() {
        learn.button("Drop the message").click();
        assertThat(learn.happened())
                .containsText(Pattern.compile("You have dropped the message from (node|seed s)\\d to "));
        learn.press("u");
        learn.button("First: deliver the message").click();
        assertThat(learn.happened()).containsText("arrive first.");
        assertThat(learn.branches()).hasCount(3);
    }

    @Test
    void peersAndSeedsLiePublishPauseAndStartAgain() {
        learn.choose("node 1");
        learn.button("Accuse").click();
        assertThat(learn.happened()).hasText("You have let node 1 lie that node 0 is dead.");
        learn.press("ArrowRight");
        assertThat(learn.told()).containsText("refused the report of node 1");
        learn.facts().getByLabel("Text of the message").fill("café; & more");
        learn.button("Publish").click();
        assertThat(learn.happened()).hasText("You have published “café; & more” at node 1.");
        learn.button("Pause").click();
        assertThat(learn.happened()).hasText("You have paused node 1.");
        learn.button("Go on").click();
        assertThat(learn.happened()).hasText("You have let node 1 go on.");
        learn.choose("seed s2");
        learn.button("Condemn").click();
        assertThat(learn.happened()).hasText("You have let seed s2 go bad: it wants node 0 removed.");
        learn.button("Kill").click();
        assertThat(learn.happened()).hasText("You have killed seed s2.");
        learn.button("Start again").click();
        assertThat(learn.happened()).hasText("You have started seed s2 again.");
        Page other = another();
        assertThat(new LearnPage(other).happened()).hasText("You have started seed s2 again.");
        assertThat(new LearnPage(other).branches()).hasCount(8);
    }

    @Test
    void whatCannotBeDoneIsSaidAndNothingForks() {
        learn.press("Home");
        learn.choose("node 1");
        page.locator("#learn-node").blur();
        page.keyboard().press("k");
        assertThat(learn.trouble()).containsText("not all nodes have started yet");
        assertThat(learn.branches()).hasCount(1);
    }
}
