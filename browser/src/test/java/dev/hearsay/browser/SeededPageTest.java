package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.hearsay.live.network.NodeName;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer dies, seeds decide about it, and it comes back: all of it ordered and seen in the page. */
class SeededPageTest extends BrowserFixture {

    /** Peers of this profile send something every few seconds. */
    private static final Pattern ALIVE = Pattern.compile("connected|the message");

    @Test
    void aPeerIsKilledRemovedByVoteAndStartedAgainAndSeedsLoseTheirQuorum(@TempDir Path directory) throws Exception {
        host = Networks.ofSeedsAndPeers(3, 5, directory);
        watchWithFaults();
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        Shell shell = new Shell(page);
        live.awaitNodesThat("connected", 5);
        MembersPage members = new MembersPage(page);
        shell.click("Members");
        assertThat(members.agreement()).hasText("All 3 seeds agree: 5 members.");
        assertThat(members.ballot("Registration of node 4")).containsText("Quorum 2 of 3 reached");
        shell.click("Live");

        live.node("Node 4").click();
        FaultPanel faults = new FaultPanel(page);
        faults.unfold();
        faults.forTime().fill("10m");
        live.node("Node 4").focus();
        page.keyboard().press("k");
        faults.confirm(1, "ends by itself in 10m", "kill 4 --for 10m");
        assertThat(live.node("Node 4")).containsText("removed");
        removalIsSeenInEvents(shell);

        shell.click("Members");
        assertThat(members.agreement()).hasText("All 3 seeds agree: 4 members, 1 removed.");
        assertThat(members.row("Node 4").locator("td.removed")).hasCount(3);
        Locator ballot = members.ballot("Removal of node 4");
        assertThat(ballot).containsText("Quorum 2 of 3 reached; removed at");
        assertThat(ballot.locator(".votes .yes").nth(1)).containsText(Pattern.compile("Seed s\\d ✓ yes"));
        ballot.locator("summary").click();
        assertThat(ballot.locator(".evidence li").first()).containsText(Pattern.compile("node \\d.*node 4"));

        theNodeLivesBefore(live, shell);
        page.getByText("Start again").click();
        assertThat(live.node("Node 4")).containsText(ALIVE);
        shell.click("Members");
        assertThat(members.agreement()).hasText("All 3 seeds agree: 5 members.");
        assertThat(members.row("Node 4")).containsText("✓ 2");

        host.node(NodeName.seed(2)).kill();
        host.node(NodeName.seed(3)).kill();
        String without = "Seeds cannot decide: 1 of 3 reachable. Messages still spread; joins and removals wait.";
        assertThat(members.quorum()).hasText(without);
        shell.click("Live");
        assertThat(page.locator("#notice")).containsText(without);
        live.send("still");
        live.awaitReached(5);
    }

    private void removalIsSeenInEvents(Shell shell) {
        shell.click("Events");
        EventsPage events = new EventsPage(page);
        for (String event : new String[] {"suspected", "proposed", "voted", "decided", "member removed"}) {
            events.words().fill(event.replace(" ", ""));
            assertThat(events.rows().first()).containsText(event);
        }
    }

    /** Goes back to before the kill, and to now again. */
    private void theNodeLivesBefore(LivePage live, Shell shell) {
        shell.click("Events");
        EventsPage events = new EventsPage(page);
        events.words().fill("faultBegan");
        events.row("fault began").click();
        TimeBar time = new TimeBar(page);
        time.button("Back one event").click();
        shell.click("Live");
        assertThat(live.node("Node 4")).containsText(ALIVE);
        time.backToLive();
        page.keyboard().press("Escape");
        live.node("Node 4").click();
        assertThat(live.node("Node 4")).containsText("removed");
    }
}
