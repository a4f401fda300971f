package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.SelectOption;
import dev.hearsay.core.NodeId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Things are let go wrong from the page, seen, and ended. */
class FaultsPageTest extends BrowserFixture {

    private LivePage live;
    private FaultPanel faults;

    private void openWithNodes(int nodes) {
        open(Look.DESK, LivePage.PLACE);
        live = new LivePage(page);
        faults = new FaultPanel(page);
        live.awaitNodesThat("connected", nodes);
    }

    @Test
    void faultsBeginAreSeenAndEndByThemselvesOrAreHealed() throws Exception {
        host = Networks.ofNodes(8);
        watchWithFaults();
        openWithNodes(8);
        faults.unfold();

        // One that ends by itself.
        faults.forTime().fill("3s");
        faults.want("pause", "2");
        faults.confirm(1, "ends by itself in 3s", "pause 2 --for 3s");
        assertThat(live.node("Node 2")).containsText("paused");
        assertThat(faults.inForce()).hasCount(0);
        assertThat(live.node("Node 2")).containsText("connected");

        faults.forTime().fill("10m");
        faults.want("loss", "");
        faults.confirm(8, "ends by itself in 10m", "loss 20% --for 10m");
        faults.want("delay", "3, 5");
        assertThat(faults.question()).containsText("This affects");
        faults.cancel();
        assertThat(faults.inForce()).hasCount(1);
        faults.want("delay", "3, 99");
        assertThat(faults.hint()).hasText("There is no node '99'.");
        faults.want("delay", "3, 5");
        faults.confirm(8, "ends by itself in 10m", "delay 100ms --node 3,5 --for 10m");
        assertThat(faults.inForce()).hasCount(2);
        faults.heal("loss");
        assertThat(faults.inForce()).hasCount(1);
        page.locator("#fault-kind").selectOption("duplicate");
        page.locator("#fault-amount").fill("100%");
        faults.nodes().fill("");
        faults.submit();
        faults.confirm(8, "ends by itself in 10m", "duplicate 100% --for 10m");
        live.send("twice");
        live.awaitReached(8);
        // Every link carries it at least once, and then once more.
        assertThat(live.result()).containsText(Pattern.compile("; \\d{2,} duplicates dropped"));
        faults.heal("duplicate");
        assertThat(faults.inForce()).hasCount(1);

        // A link that is impaired says so, and can be cut in one direction.
        String link = clickALinkOf("3");
        Locator inspector = page.locator("#inspector");
        assertThat(inspector).containsText("impaired: ");
        inspector.getByText(Pattern.compile("^Cut .* …$")).first().click();
        faults.confirm(2, "ends by itself in 30s", "cut \\d+ \\d+ --for 30s");
        assertThat(faults.inForce()).hasCount(2);
        assertThat(page.url()).as(link).contains("link=");
        page.getByText("Heal all").click();
        assertThat(faults.inForce()).hasCount(0);
        assertThat(inspector).containsText("well");
    }

    /** Clicks in the middle of a link of that node, found in the picture as it is saved. */
    private String clickALinkOf(String node) throws Exception {
        Drawing drawing = Drawing.of(page);
        Drawing.Line line = drawing.linkOf(node);
        page.locator("#graph").click(new Locator.ClickOptions().setPosition(line.middleX(), line.middleY()));
        assertThat(page.locator("#inspector h3")).hasText(Pattern.compile("^Link \\d+ – \\d+$"));
        return page.locator("#inspector h3").textContent();
    }

    @Test
    void aPartitionIsDrawnWithTheMouseAndHealed() throws Exception {
        host = Networks.ofNodes(8);
        watchWithFaults();
        openWithNodes(8);
        faults.unfold();
        page.getByText("Lasso").click();
        assertThat(faults.hint()).containsText("Draw a line");
        drawAround(page.locator("#graph"));
        assertThat(faults.hint()).hasText(Pattern.compile("^\\d Nodes? chosen\\.$", Pattern.CASE_INSENSITIVE));
        List<String> left = List.of(faults.nodes().inputValue().split(", "));
        assertThat(left).hasSizeBetween(2, 6);
        page.locator("#fault-kind").selectOption("partition");
        faults.forTime().fill("10m");
        faults.submit();
        faults.confirm(8, "ends by itself in 10m", "partition " + String.join(",", left) + " --for 10m");
        assertThat(faults.inForce()).hasCount(1);

        // What is said on one side stays there.
        page.locator("#send #node").selectOption(new SelectOption().setLabel(left.getFirst()));
        live.send("one side");
        live.awaitNodesThat("has the message", left.size() - 1);
        live.awaitNodesThat("has not the message", 8 - left.size());
        faults.heal("partition");
        assertThat(faults.inForce()).hasCount(0);
        live.awaitNodesThat("has the message", 7);
    }

    /** Around the left half. */
    private void drawAround(Locator canvas) {
        BoundingBox box = canvas.boundingBox();
        double[][] corners = {{3, 3}, {box.width / 2 - 25, 3}, {box.width / 2 - 25, box.height - 3}, {3, box.height - 3}
        };
        page.mouse().move(box.x + corners[0][0], box.y + corners[0][1]);
        page.mouse().down();
        for (double[] corner : corners) {
            page.mouse().move(box.x + corner[0], box.y + corner[1], new Mouse.MoveOptions().setSteps(5));
        }
        page.mouse().up();
    }

    @Test
    void whoMayOnlyLookIsToldSo() throws Exception {
        host = Networks.ofNodes(5);
        watchWithFaults(ANYWHERE, true, null);
        openWithNodes(5);
        assertThat(live.result()).containsText("only shows");
        assertThat(live.text()).isDisabled();
        live.node("Node 2").click();
        page.keyboard().press("k");
        assertThat(page.locator("#fault-closed")).isVisible();
        assertThat(page.locator("#fault-closed"))
                .containsText("This dashboard only shows. It was started with --read-only.");
        assertThat(faults.form()).isHidden();
        assertThat(page.getByText("Kill …")).hasCount(0);
    }

    @Test
    void withoutTheTokenNothingIsChangedAndWithItEverything() throws Exception {
        host = Networks.ofNodes(5);
        watchWithFaults(new NodeId("0.0.0.0", 0), false, "secret");
        openWithNodes(5);
        troubles.expect("401");
        live.send("no");
        assertThat(live.result()).containsText("The token is missing or wrong.");
        live.node("Node 2").click();
        page.keyboard().press("k");
        assertThat(faults.hint()).containsText("The token is missing or wrong.");
        page.locator("#token").fill("wrong");
        live.send("no");
        assertThat(live.result()).containsText("The token is missing or wrong.");
        page.locator("#token").fill("secret");
        live.submit().click();
        live.awaitReached(5);
        live.node("Node 2").focus();
        page.keyboard().press("k");
        faults.confirm(1, "ends by itself in 30s", "kill 2 --for 30s");
        assertThat(live.node("Node 2")).containsText("dead");
        page.getByText("Start again").click();
        assertThat(live.node("Node 2")).containsText("has");
    }
}
