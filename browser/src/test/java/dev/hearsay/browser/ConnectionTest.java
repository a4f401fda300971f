package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.hearsay.core.NodeId;
import org.junit.jupiter.api.Test;

/** What is said when there is nothing to be seen, or not any more. */
class ConnectionTest extends BrowserFixture {

    private static final double SAID_WITHIN_MILLIS = 15_000;

    @Test
    void aLostDashboardIsSaidAndDimmedAndComesBackByItself() throws Exception {
        host = Networks.ofNodes(5);
        watch();
        open(Look.DESK, LivePage.PLACE);
        Shell shell = new Shell(page);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 5);
        shell.awaitLive();
        troubles.expect("/api/events|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING");
        NodeId listener = dashboard.listener();
        dashboard.close();
        shell.awaitLost(SAID_WITHIN_MILLIS);
        assertThat(live.nodes()).hasCount(5);
        watch(listener, host.nodes().getFirst().address());
        shell.awaitLive();
        live.send("back");
        live.awaitReached(5);
    }

    @Test
    void whoDoesNotReportIsNotCalledDead() throws Exception {
        host = Networks.ofNodes(5);
        watch(ANYWHERE, host.nodes().getFirst().address(), Networks.freePorts(1).getFirst());
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 5);
        live.awaitNodesThat("not reporting", 1);
        assertThat(page.locator("#notice"))
                .hasText(
                        "1 node has not reported yet. (Unknown is not dead.) 5 nodes are connected and quiet. Send the first message.");
        new Shell(page).click("Members");
        MembersPage members = new MembersPage(page);
        assertThat(members.quorum()).hasText("This network has no seeds: members are those of its configuration.");
        assertThat(members.agreement()).containsText("All agree: 5 members.");
        assertThat(members.row("Node 4")).containsText("the same");
    }

    @Test
    void withoutANetworkTheCommandThatStartsOneIsNamed() throws Exception {
        watch(ANYWHERE, Networks.freePorts(1).getFirst());
        open(Look.DESK, LivePage.PLACE);
        assertThat(page.getByText("No network is running.")).isVisible();
        assertThat(page.getByText("gossip start-network")).isVisible();
    }
}
