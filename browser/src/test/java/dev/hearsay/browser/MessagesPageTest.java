package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All messages, the way of each, and what can be taken along of it. */
class MessagesPageTest extends BrowserFixture {

    private static final String FORMULA = "=1+1";

    private MessagesPage messages;

    @BeforeEach
    void openWithMessages() throws Exception {
        host = Networks.ofNodes(8);
        watchWithFaults();
        open(Look.DESK, LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 8);
        new Shell(page).click("Messages");
        messages = new MessagesPage(page);
        assertThat(messages.summary()).containsText("No message yet.");
        for (String text : List.of("cherry", FORMULA, "apple")) {
            publish(text.length() % 8 + 1, text);
            assertThat(messages.message(text)).isVisible();
        }
        assertThat(page.locator("#messages-rows td.full")).hasCount(3);
    }

    @Test
    void messagesAreSortedFilteredAndSelected() {
        messages.sort("Text");
        assertThat(messages.texts()).hasText(new String[] {FORMULA, "apple", "cherry"});
        messages.sort("Text");
        assertThat(messages.texts()).hasText(new String[] {"cherry", "apple", FORMULA});
        messages.filter().fill("node 7");
        assertThat(messages.texts()).hasText(new String[] {"cherry"});
        messages.filter().fill("nothing");
        assertThat(messages.summary()).hasText("No message is like that.");
        messages.filter().fill("");
        messages.message("apple").focus();
        page.keyboard().press("Enter");
        assertThat(messages.detail()).containsText("Who is missing");
        assertThat(messages.detail()).containsText("Nobody.");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator("#way-text")).hasText(FORMULA);
        assertThat(page.locator("#messages-rows tr.chosen")).hasCount(1);
    }

    /** The tree says who had it from whom as the dashboard does. */
    @Test
    void theTreeIsTheWayOfTheMessage() {
        messages.message("cherry").click();
        page.locator("#way-tree summary").click();
        Map<String, String> told = evaluate("""
                async () => {
                  const ask = async (path) => (await fetch(path)).json();
                  const { nodes } = await ask('/api/network');
                  const { arrivals } = await ask('/api/messages?number=1');
                  const name = (i) => (i < 0 ? '' : `node ${nodes.find((node) => node.i === i).name}`);
                  return Object.fromEntries(arrivals.map(([, node, from]) => [name(node), name(from)]));
                }""");
        assertThat(told).hasSize(8);
        // The list says what the drawing shows: each node, and the one above it.
        assertThat(evaluate("""
                () => Object.fromEntries([...document.querySelectorAll('.branches li')].map((item) => {
                  const name = (branch) => branch?.querySelector(':scope > button')?.textContent ?? '';
                  return [name(item), name(item.parentElement.closest('li'))];
                }))""")).isEqualTo(told);
        assertThat(page.locator("#way-tree .mote")).hasCount(8);
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> evaluate(String script) {
        return (Map<String, String>) page.evaluate(script);
    }

    @Test
    void whoIsMissingIsNamed() throws Exception {
        FaultPanel faults = new FaultPanel(page);
        Shell shell = new Shell(page);
        shell.click("Live");
        faults.unfold();
        faults.forTime().fill("10m");
        faults.want("pause", "2");
        faults.confirm(1, "ends by itself in 10m", "pause 2 --for 10m");
        publish(7, "not for two");
        shell.click("Messages");
        messages.message("not for two").click();
        assertThat(page.locator("#way-missing button")).hasText("node 2: paused");
        assertThat(page.locator("#way-missing-words")).containsText("1 node.");
    }

    @Test
    void whatIsTakenAlongIsWhatIsShown() throws Exception {
        messages.message(FORMULA).click();
        assertThat(page.locator("#way-facts")).containsText("8 of 8 nodes");
        List<String> rows = take("CSV").lines().toList();
        assertThat(rows).hasSize(9);
        assertThat(rows.getFirst()).isEqualTo("node,from,microseconds,hops");
        assertThat(rows.get(1)).isEqualTo("5,,0,0");
        String tree = take("SVG");
        assertThat(tree).startsWith("<svg ").contains("xmlns=", ">5<").doesNotContain("class=");
        assertThat(tree.split("<text ", -1)).hasSize(9);
        List<String> trace = take("Trace").lines().toList();
        assertThat(trace).filteredOn(line -> line.contains("\"published\"")).hasSize(1);
        assertThat(trace).filteredOn(line -> line.contains("\"delivered\"")).hasSize(7);

        new Shell(page).click("Live");
        page.locator(".menu summary").click();
        Download picture = page.waitForDownload(() -> page.locator("#png").click());
        byte[] png = picture.createReadStream().readAllBytes();
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isGreaterThan(400);
        page.locator(".menu summary").click();
        Drawing drawing = Drawing.of(page);
        assertThat(drawing.names()).containsOnlyKeys("1", "2", "3", "4", "5", "6", "7", "8");

        // A text that a spreadsheet would run is text.
        assertThat((String) page.evaluate("""
                async () => (await import('/model/files.js')).csv([['=1+1', '@a', -5, 'b"c', 'd,e']])""")).isEqualTo("'=1+1,'@a,-5,\"b\"\"c\",\"d,e\"\r\n");
    }

    private String take(String what) throws Exception {
        Locator action = messages.action(what);
        return Drawing.text(page.waitForDownload(action::click));
    }
}
