package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything by keys alone. */
class KeyboardTest extends BrowserFixture {

    /** What the Tab key should come to; of the buttons of a list only one, as arrows do the rest. */
    private static final String COUNT_CONTROLS = """
            () => {
              const wanted = 'a[href], button, input, select, summary, [tabindex="0"]';
              const isShown = (part) => part.checkVisibility({ visibilityProperty: true }) && !part.disabled && part.tabIndex >= 0;
              window.toReach = new Set([...document.querySelectorAll(wanted)].filter(isShown));
              return window.toReach.size;
            }""";

    /** What is wrong with what has the focus; empty if it is on the screen and outlined. */
    private static final String LOOK_AT_FOCUS = """
            () => {
              const part = document.activeElement;
              if (part === document.body) return '';
              window.toReach.delete(part);
              const name = part.outerHTML.slice(0, 120);
              const box = part.getBoundingClientRect();
              if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return `not on the screen: ${name}`;
              const { outlineStyle, outlineWidth } = getComputedStyle(part);
              return part.id === 'main' || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) ? '' : `not outlined: ${name}`;
            }""";

    private static final String NOT_REACHED =
            "() => [...window.toReach].filter((part) => part.isConnected).map((part) => part.outerHTML.slice(0, 120)).join()";

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
        assertThat(focused()).hasText("Skip to the page");
        press("Enter", "Tab");
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

    /** Every control of every page is reached by the Tab key alone and left by it, and one always sees where one is. */
    @Test
    void theTabKeyReachesEverythingAndIsCaughtByNothing() {
        live.send("apple");
        live.awaitReached(12);
        new FaultPanel(page).unfold();
        live.node("Node 2").click();
        for (String title : List.of("Live", "Messages", "Members", "Events")) {
            shell.click(title);
            page.locator("h1").click();
            page.evaluate("() => document.activeElement.blur()");
            int controls = (int) page.evaluate(COUNT_CONTROLS);
            for (int i = 0; i < controls + 1; i++) {
                press("Tab");
                assertThat((String) page.evaluate(LOOK_AT_FOCUS)).as(title).isEqualTo("");
            }
            assertThat((String) page.evaluate(NOT_REACHED)).as(title).isEqualTo("");
            press("Shift+Tab", "Shift+Tab");
            assertThat((String) page.evaluate(LOOK_AT_FOCUS)).as(title).isEqualTo("");
        }
    }

    @Test
    void theKeysOfTheHelpDoWhatItSays() {
        live.node("Node 5").focus();
        press("Enter", "k");
        FaultPanel faults = new FaultPanel(page);
        // Nothing has a fault here, so the reason is said.
        assertThat(page.locator("#fault-closed")).isVisible();
        assertThat(faults.question()).isHidden();
        TimeBar time = new TimeBar(page);
        press("Escape");
        page.evaluate("() => document.activeElement.blur()");
        press(" ");
        assertThat(time.mode()).containsText(TimeBar.PAUSED);
        time.slider().focus();
        press("Home", "-", "-", " ");
        assertThat(time.mode()).hasText("▶ Playing at 1/10");
        press("+", " ", "ArrowLeft");
        assertThat(time.mode()).containsText(TimeBar.PAUSED);
        press("L");
        assertThat(time.mode()).hasText("● Live");
        press("s");
        assertThat(live.text()).isFocused();
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
