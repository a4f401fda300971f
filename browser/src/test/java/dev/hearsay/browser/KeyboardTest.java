package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything by keys alone. */
class KeyboardTest extends BrowserFixture {

    private LivePage live;
    private Shell shell;

    @BeforeEach
    void openWithTwelveNodes() throws Exception {
        host = Networks.ofNodes(12);
        watch();
        open(Look.DESK, LivePage.PLACE);
        live = new LivePage(page);
        shell = new Shell(page);
        live.awaitNodesThat("connected", 12);
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    private Locator focused() {
        return page.locator(":focus");
    }

    @Test
    void aMessageIsSent() {
        press("s");
        assertThat(live.text()).isFocused();
        page.keyboard().type("pear?/s");
        press("Enter");
        live.awaitReached(12);
        press("Escape");
        assertThat(live.text()).not().isFocused();
    }

    @Test
    void theListIsOneStopOfTheTabKeyAndArrowsMoveInIt() {
        page.keyboard().press("Tab");
        assertThat(focused()).hasText("Skip to the list of nodes");
        press("Enter");
        assertThat(live.node("Node 1")).isFocused();
        press("ArrowDown", "ArrowDown");
        assertThat(live.node("Node 3")).isFocused();
        press("End");
        assertThat(live.node("Node 12")).isFocused();
        press("ArrowDown");
        assertThat(live.node("Node 1")).isFocused();
        press("ArrowRight");
        assertThat(focused()).hasAccessibleName(Pattern.compile("^Node (?!1\\b)\\d+"));
        press("Home", "Enter");
        assertThat(live.node("Node 1")).hasAttribute("aria-pressed", "true");
        press("Escape");
        assertThat(live.node("Node 1")).hasAttribute("aria-pressed", "false");
        press("Tab");
        assertThat(live.nodes().and(focused())).hasCount(0);
    }

    @Test
    void nodesAreFoundByName() {
        press("/");
        assertThat(shell.search()).isFocused();
        page.keyboard().type("node 12");
        assertThat(live.nodes()).hasCount(1);
        press("ControlOrMeta+a", "Delete", "Escape");
        assertThat(live.nodes()).hasCount(12);
        assertThat(shell.search()).not().isFocused();
    }

    @Test
    void helpOpensAndCloses() {
        press("?");
        assertThat(shell.help()).isVisible();
        assertThat(shell.help()).containsText("send a message");
        press("Escape");
        assertThat(shell.help()).isHidden();
    }
}
