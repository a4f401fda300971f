package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page, in light and dark, on screens of all sizes. */
class AppearanceTest extends BrowserFixture {

    @BeforeEach
    void startAndSend() throws Exception {
        host = Networks.ofNodes(16);
        watchWithFaults();
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 16);
        live.send("apple");
        live.awaitReached(16);
        live.send("x".repeat(200));
        live.awaitReached(16);
        host.node(7).close();
        assertThat(live.node("Node 7")).containsText("dead");
    }

    /** The page of the network with a node selected. */
    private Shell openWithSelection(Look look) {
        open(look, LivePage.PLACE);
        LivePage live = new LivePage(page);
        assertThat(live.nodes()).hasCount(16);
        live.node("Node 4").click();
        Shell shell = new Shell(page);
        shell.awaitLive();
        return shell;
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothing(ColorScheme colours) {
        Shell shell = openWithSelection(Look.DESK.in(colours).still());
        for (String place : shell.places()) {
            shell.go(place);
            assertThat(Axe.violations(page)).as(place).isEmpty();
        }
        page.keyboard().press("?");
        assertThat(shell.help()).isVisible();
        assertThat(Axe.violations(page)).as("help").isEmpty();
    }

    /** The pictures are for people to look at. */
    @Test
    void everyPageIsKeptAsAPictureAndNobodyHasToScrollSideways() throws Exception {
        for (Look size : List.of(Look.DESK, Look.TABLET, Look.PHONE)) {
            for (ColorScheme colours : Look.COLOURS) {
                Look look = size.in(colours).still();
                Shell shell = openWithSelection(look);
                for (String place : shell.places()) {
                    shell.go(place);
                    keepPicture(place.replaceAll("\\W+", ""), look);
                    assertThat(shell.isTooWide()).as(place + " " + look).isFalse();
                }
            }
        }
    }

    private void keepPicture(String name, Look look) throws Exception {
        Path file = folder("screenshots").resolve(name + "-" + look + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        assertThat(Files.size(file)).isGreaterThan(10_000);
    }

    /** What is not there when a page is opened: axe looks at it, and so may people. */
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void whatOpensIsAsGoodAsWhatIsThere(ColorScheme colours) throws Exception {
        for (Look size : List.of(Look.DESK, Look.PHONE)) {
            Look look = size.in(colours).still();
            Shell shell = openWithSelection(look);
            FaultPanel faults = new FaultPanel(page);
            faults.unfold();
            faults.want("partition", "1, 2, 3");
            assertThat(faults.question()).containsText("gossip fault partition");
            lookAt("dialog", look);
            faults.confirm(15, "ends by itself in 30s", "partition .*");
            assertThat(faults.inForce()).hasCount(1);
            page.locator("#fault-heal-all, #fault-list button").first().scrollIntoViewIfNeeded();
            lookAt("faults", look);
            faults.heal("partition");
            shell.click("Messages");
            new MessagesPage(page).message("apple").click();
            assertThat(new MessagesPage(page).detail()).containsText("Who is missing");
            lookAt("message", look);
            new TimeBar(page).slide(6000);
            shell.click("Live");
            lookAt("paused", look);
            page.keyboard().press("?");
            lookAt("help", look);
            page.keyboard().press("Escape");
            assertThat(shell.isTooWide()).isFalse();
        }
    }

    private void lookAt(String name, Look look) throws Exception {
        keepPicture(name, look);
        assertThat(Axe.violations(page)).as(name + " " + look).isEmpty();
    }
}
