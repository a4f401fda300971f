package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import dev.hearsay.web.Recording;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recording on the page: it stands at its beginning, and goes to its end. */
class ReplayPageTest extends BrowserFixture {

    private static final Path RECORDING = Path.of("../live/src/test/resources/recordings/seeds-and-peers.jsonl.gz");

    @Test
    void aRecordingIsPausedAtItsBeginningAndCanBeWatchedToItsEnd() throws Exception {
        Recording recording = Recording.read(RECORDING, lines -> {});
        dashboard =
                Dashboard.replay(new DashboardOptions(recording.network(), List.of(), ANYWHERE, true, null), recording);
        open(Look.DESK, LivePage.PLACE);
        assertThat(page.locator("#connection")).hasText("↺ Replay, paused");
        assertThat(page.locator("#time-text")).containsText("before the end");
        page.locator("#time-play").click();
        assertThat(page.locator("#connection")).containsText("↺ Replay at");
        page.locator("#time-live").click();
        assertThat(page.locator("#connection")).hasText("↺ Replay, at its end");
        assertThat(page.locator("#time-text")).hasText("the end of the recording");
        new LivePage(page).awaitNodesThat("has the message", 2);
    }
}
