package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** Where things are let go wrong, and the question that is asked before. */
record FaultPanel(Page page) {

    void unfold() {
        page.locator("#faults summary").click();
        assertThat(hint()).isVisible();
    }

    Locator form() {
        return page.locator("#fault-form");
    }

    Locator hint() {
        return page.locator("#fault-hint");
    }

    Locator nodes() {
        return page.locator("#fault-nodes");
    }

    Locator forTime() {
        return page.locator("#fault-time");
    }

    Locator inForce() {
        return page.locator("#fault-list li");
    }

    Locator question() {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Let this go wrong?"));
    }

    private Locator answer(String name) {
        return question()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Fills in a fault, and is asked about it. */
    void want(String kind, String nodes) {
        page.locator("#fault-kind").selectOption(kind);
        nodes().fill(nodes);
        submit();
    }

    void submit() {
        form().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Apply …"))
                .click();
    }

    /** The question says how many nodes it is about, when it ends, and the command; it is answered with yes. */
    void confirm(int nodes, String end, String command) {
        assertThat(question())
                .containsText(
                        "This affects " + nodes + " running node" + (nodes == 1 ? "" : "s") + " and " + end + ".");
        assertThat(question().locator("code")).hasText(Pattern.compile("^gossip fault " + command + "$"));
        answer("Apply").click();
        assertThat(question()).isHidden();
    }

    void cancel() {
        answer("Cancel").click();
        assertThat(question()).isHidden();
    }

    void heal(String words) {
        inForce()
                .filter(new Locator.FilterOptions().setHasText(words))
                .getByRole(AriaRole.BUTTON)
                .click();
    }
}
