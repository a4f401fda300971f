package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.HostedNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen and done on the page that shows the network. */
class LivePageTest extends BrowserFixture {

    /** Counts what is drawn in the colour of a message on its way, on canvases larger than those of a legend. */
    private static final String COUNT_TRAVELLERS = """
            () => {
              window.travellers = 0;
              const fill = CanvasRenderingContext2D.prototype.fill;
              CanvasRenderingContext2D.prototype.fill = function (...rest) {
                if (this.canvas.width > 100 && this.fillStyle === '#56b4e9') window.travellers++;
                return fill.apply(this, rest);
              };
            }""";

    @Test
    void aMessageFromTheFormReachesEveryNodeAndThatIsSaid() throws Exception {
        host = Networks.ofNodes(16);
        watch();
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 16);
        live.send("apple");
        live.awaitReached(16);
        live.awaitNodesThat("has the message", 15);
        live.awaitNodesThat("has sent the message", 1);
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.locator("#copy").click();
        assertThat((String) page.evaluate("() => navigator.clipboard.readText()"))
                .matches("gossip send-message \\d+ apple --wait --network test");
        new Shell(page).go(EventsPage.PLACE);
        assertThat(new EventsPage(page).rows().first()).isVisible();
    }

    @Test
    void aNodeThatStopsIsShownAsDeadAndTheOthersStillGetMessages() throws Exception {
        host = Networks.ofNodes(8);
        watch();
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 8);
        host.node(3).close();
        assertThat(live.node("Node 3")).containsText("dead");
        live.send("for seven");
        live.awaitReached(7);
        live.awaitNodesThat("has the message", 6);
    }

    @Test
    void seedsArePartOfThePictureAndAPeerThatDiesIsRemovedByThem(@TempDir Path directory) throws Exception {
        host = Networks.ofSeedsAndPeers(3, 5, directory);
        watch(ANYWHERE, host.nodes().stream().map(HostedNode::address).toArray(NodeId[]::new));
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 5);
        live.awaitNodesThat("seed", 3);
        live.send("to five");
        live.awaitReached(5);
        host.node(5).kill();
        assertThat(live.node("Node 5")).containsText("removed");
        live.send("to four");
        live.awaitReached(4);
    }

    @Test
    void aTextIsShownAndNeverRun() throws Exception {
        host = Networks.ofNodes(5);
        watch();
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 5);
        String text = "<img id=bad src=no onerror=isBad=1>";
        live.send(text);
        live.awaitReached(5);
        Shell shell = new Shell(page);
        for (String place : shell.places()) {
            shell.go(place);
            page.waitForFunction("text => document.body.textContent.includes(text)", text);
            assertThat(page.locator("#bad")).hasCount(0);
        }
        assertThat((boolean) page.evaluate("() => 'isBad' in window")).isFalse();
    }

    @Test
    void whoWantsNothingToMoveSeesNothingMove() throws Exception {
        host = Networks.ofNodes(16);
        watch();
        open(Look.DESK, LivePage.PLACE);
        sendAndCountTravellers("moving");
        assertThat((int) page.evaluate("() => window.travellers")).isPositive();
        open(Look.DESK.still(), LivePage.PLACE);
        sendAndCountTravellers("still");
        assertThat((int) page.evaluate("() => window.travellers")).isZero();
    }

    private void sendAndCountTravellers(String text) {
        LivePage live = new LivePage(page);
        assertThat(live.nodes()).hasCount(16);
        page.evaluate(COUNT_TRAVELLERS);
        live.send(text);
        live.awaitReached(16);
        // Whatever moves has come to rest when the picture stays the same for long.
        page.waitForFunction("""
                () => {
                  const picture = [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join();
                  if (picture !== window.lastPicture) window.changedAt = performance.now();
                  window.lastPicture = picture;
                  return performance.now() - window.changedAt > 1000;
                }""", null, new Page.WaitForFunctionOptions().setPollingInterval(100));
    }
}
