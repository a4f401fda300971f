package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any moment that is remembered can be gone back to, and none is lost meanwhile. */
class TimeBarTest extends BrowserFixture {

    /** All that is seen of the page itself, in words and on the canvas. */
    private static final String SEEN = """
            () => document.querySelector('main').innerText + document.querySelector('#graph').toDataURL()""";

    private LivePage live;
    private TimeBar time;
    private Shell shell;

    @BeforeEach
    void openWithEightNodes() throws Exception {
        host = Networks.ofNodes(8);
        watchWithFaults();
        open(Look.DESK.still(), LivePage.PLACE);
        live = new LivePage(page);
        time = new TimeBar(page);
        shell = new Shell(page);
        live.awaitNodesThat("connected", 8);
    }

    @Test
    void whilePausedNothingMovesAndNothingIsLost() throws Exception {
        live.send("before");
        live.awaitReached(8);
        time.pause();
        live.result().evaluate("line => line.closest('section').remove()");
        String seen = (String) page.evaluate(SEEN);
        int behind = time.behind();
        for (int i = 0; i < 40; i++) {
            publish(1 + i % 8, "meanwhile " + i);
        }
        // At the least 40 were published, and each was delivered to seven.
        page.waitForFunction(
                "least => Number(document.querySelector('#connection').textContent.replace(/\\D/g, '')) >= least",
                behind + 40 * 8);
        assertThat(((String) page.evaluate(SEEN)).lines().toList())
                .isEqualTo(seen.lines().toList());
        shell.click("Messages");
        MessagesPage messages = new MessagesPage(page);
        assertThat(messages.rows()).hasCount(1);
        time.backToLive();
        assertThat(messages.rows()).hasCount(41);
        for (int i = 0; i < 40; i++) {
            assertThat(messages.message("meanwhile " + i)).hasCount(1);
        }
    }

    @Test
    void thePastIsSteppedThroughPlayedAndSharedByItsAddress() throws Exception {
        live.send("apple");
        live.awaitReached(8);
        host.node(3).kill();
        assertThat(live.node("Node 3")).not().containsText("has the message");
        live.send("pear");
        live.awaitNodesThat("has the message", 6);

        // Before the kill the node lives.
        EventsPage events = new EventsPage(page);
        shell.click("Events");
        events.words().fill("published");
        assertThat(events.summary()).containsText("2 events");
        events.rows().nth(1).click();
        assertThat(time.mode()).containsText(TimeBar.PAUSED);
        shell.click("Live");
        assertThat(live.node("Node 3")).not().containsText("dead");
        live.awaitNodesThat("has sent the message", 1);
        live.awaitNodesThat("has not the message", 7);

        // Forward by events the message comes to all, and back again.
        stepUntil("Forward one event", "count > 0");
        stepUntil("Back one event", "count === 0");

        // A moment with a selection, on another page, is the same in another tab.
        page.keyboard().press("Escape");
        live.node("Node 5").click();
        shell.click("Messages");
        new MessagesPage(page).message("apple").click();
        String moment = time.moment().textContent().replaceAll(",.*", "");
        Page other = another();
        TimeBar there = new TimeBar(other);
        assertThat(there.mode()).containsText(TimeBar.PAUSED);
        assertThat(there.moment()).containsText(moment);
        assertThat(new MessagesPage(other).detail()).containsText("apple");
        assertThat(new MessagesPage(other).rows()).hasCount(1);
        new Shell(other).click("Live");
        assertThat(new LivePage(other).node("Node 5")).hasAttribute("aria-pressed", "true");
        new LivePage(other).awaitNodesThat("has not the message", 7);
        other.close();

        // Slowly it is seen arriving, and so when it is replayed.
        shell.click("Live");
        page.locator("#time-speed").selectOption("0.1");
        time.button("▶ Play").click();
        assertThat(time.mode()).hasText("▶ Playing at 1/10");
        live.awaitNodesThat("has the message", 7);
        page.keyboard().press("l");
        assertThat(time.mode()).hasText("● Live");
        shell.click("Messages");
        new MessagesPage(page).action("Replay").click();
        assertThat(time.mode()).containsText("Playing at 1/");
        shell.click("Live");
        live.awaitNodesThat("has the message", 7);
    }

    /** Steps from event to event until so many nodes have the message. */
    private void stepUntil(String button, String condition) {
        page.waitForFunction(
                """
                (name) => {
                  const count = document.querySelectorAll('#nodes [data-state=has]').length;
                  if (CONDITION) return true;
                  document.querySelector(`[aria-label="${name}"]`).click();
                  return false;
                }""".replace("CONDITION", condition), button, new Page.WaitForFunctionOptions().setPollingInterval(150));
    }
}
