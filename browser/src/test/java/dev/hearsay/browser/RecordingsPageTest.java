package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import dev.hearsay.live.replay.Verification;
import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import dev.hearsay.web.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page Recordings: of a network the file that it saves, of a recording what is in it. */
class RecordingsPageTest extends BrowserFixture {

    private static final String PLACE = "#/recordings";
    private static final Path KEPT = Path.of("../live/src/test/resources/recordings/seeds-and-peers.jsonl.gz");

    @TempDir
    Path directory;

    private Locator part(String name) {
        return page.locator("#recordings-" + name);
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Path record() {
        Download download = page.waitForDownload(() -> button("Record").click());
        assertThat(download.suggestedFilename()).isEqualTo("test.recording.jsonl.gz");
        Path file = directory.resolve(download.suggestedFilename());
        download.saveAs(file);
        return file;
    }

    private void replay(Path file) throws Exception {
        Recording recording = Recording.read(file, lines -> {});
        dashboard =
                Dashboard.replay(new DashboardOptions(recording.network(), List.of(), ANYWHERE, true, null), recording);
        open(Look.DESK, PLACE);
    }

    @Test
    void whatItSavesIsReplayedAndVerified() throws Exception {
        host = Networks.ofNodes(6);
        watchWithFaults();
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 6);
        live.send("apple");
        live.awaitReached(6);
        new Shell(page).click("Recordings");
        assertThat(part("kept"))
                .hasText(Pattern.compile(
                        "Kept in the memory of 1 process: the last \\d+ s, [\\d,]+ steps of 6 nodes\\."));
        assertThat(part("whole")).hasText("All 6 lives from the beginning.");
        assertThat(part("command")).hasText("gossip record -o test.recording.jsonl.gz --network test");
        Path file = record();
        assertThat(part("result")).containsText("Saved as test.recording.jsonl.gz, ");
        assertThat(Verification.of(file, lines -> {}))
                .hasSize(6)
                .allSatisfy(life -> assertThat(life.outcome()).isEqualTo(Verification.Outcome.SAME));
        part("last").selectOption("30s");
        assertThat(part("command")).hasText("gossip record --last 30s -o test.recording.jsonl.gz --network test");
        Request wish = page.waitForRequest(
                request -> request.method().equals("POST"),
                () -> assertThat(record()).isNotEmptyFile());
        assertThat(wish.postData()).isEqualTo("{\"last\":\"30s\"}");
        dashboard.close();

        replay(file);
        assertThat(part("verdict")).hasText("All 6 lives can be verified.");
        page.locator("#time-live").click();
        new Shell(page).click("Messages");
        assertThat(page.locator("#messages-rows")).containsText("apple");
    }

    @Test
    void ofARecordingItSaysWhatIsInItAndVerifiesIt() throws Exception {
        replay(KEPT);
        assertThat(page.locator("#connection")).hasText("↺ Replay, paused");
        assertThat(part("facts")).containsText(KEPT.toString());
        assertThat(part("rows").locator("tr")).hasCount(7);
        assertThat(part("rows").locator("tr").first()).containsText("can be verified");
        assertThat(part("shown-command")).hasText("gossip verify-replay " + KEPT);
        assertThat(Axe.violations(page)).isEmpty();
        button("Verify").click();
        assertThat(part("verification")).hasText("7 of 7 lives told and sent the same again.");
        assertThat(part("rows").locator("tr").filter(new Locator.FilterOptions().setHasText("✓ same")))
                .hasCount(7);
        assertThat(part("details").locator("li")).hasCount(0);
    }

    @Test
    void whoMayOnlyLookIsToldSo() throws Exception {
        host = Networks.ofNodes(4);
        watchWithFaults(ANYWHERE, true, null);
        open(Look.DESK, PLACE);
        assertThat(part("kept")).hasText("This dashboard only shows. It was started with --read-only.");
        assertThat(button("Record")).isDisabled();
    }

    @Test
    void inARecordingANodeSeesWhomItKnew() throws Exception {
        replay(KEPT);
        new Shell(page).click("Members");
        assertThat(page.locator("#lists-then"))
                .hasText("The lists are what was told until the end of the recording; who has signed it is not in it.");
        new Shell(page).click("Live");
        page.locator("#time-live").click();
        LivePage live = new LivePage(page);
        live.node("Node 1").click();
        button("See the network as this node does").click();
        assertThat(page.locator("#special")).containsText("and 3 members by name");
    }
}
