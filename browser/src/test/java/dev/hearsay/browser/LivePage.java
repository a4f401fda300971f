package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The page on which the network is seen: the form, the list of nodes, what is said of the message. */
record LivePage(Page page) {

    static final String PLACE = "#/live";

    Locator text() {
        return page.locator("#send #text");
    }

    Locator submit() {
        return page.locator("#send").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send"));
    }

    Locator result() {
        return page.locator("#result");
    }

    Locator nodes() {
        return page.locator("#nodes").getByRole(AriaRole.BUTTON);
    }

    Locator node(String name) {
        return page.locator("#nodes")
                .getByRole(
                        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name + "\\b")));
    }

    /** The nodes of which the list says this. */
    Locator nodesThat(String words) {
        return nodes().filter(new Locator.FilterOptions().setHasText(words));
    }

    void awaitNodesThat(String words, int count) {
        assertThat(nodesThat(words)).hasCount(count);
    }

    void send(String text) {
        text().fill(text);
        submit().click();
    }

    void awaitReached(int nodes) {
        assertThat(result())
                .containsText(Pattern.compile("Reached " + nodes + " of " + nodes + " nodes in [\\d.]+ (µs|ms|s)"));
    }
}
