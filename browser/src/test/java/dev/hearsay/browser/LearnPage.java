package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.regex.Pattern;

/** The page on which a small network is stepped through. */
record LearnPage(Page page) {

    static final String PLACE = "#/learn";

    /** What the step that is shown is about. */
    Locator happened() {
        return page.locator("#learn-happened");
    }

    Locator why() {
        return page.locator("#learn-why");
    }

    /** What nodes have told in it. */
    Locator told() {
        return page.locator("#learn-told");
    }

    /** Which step is shown. */
    Locator time() {
        return page.locator("#learn-time");
    }

    /** The phase that is marked. */
    Locator phase() {
        return page.locator("#learn-phases [aria-current]");
    }

    Locator trouble() {
        return page.locator("#learn-wrong");
    }

    Locator field(String name) {
        return page.locator("#learn-form [name=" + name + "]");
    }

    Locator story() {
        return page.locator("#learn-story option:checked");
    }

    /** What is known of the node or link that is selected. */
    Locator facts() {
        return page.locator("#learn-about");
    }

    Locator branches() {
        return page.locator("#learn-branches").getByRole(AriaRole.BUTTON);
    }

    /** The branch that is shown. */
    Locator branch() {
        return page.locator("#learn-branches [aria-pressed=true]");
    }

    /** What differs from the branch beside it. */
    Locator differences() {
        return page.locator("#learn-rows");
    }

    Locator button(String name) {
        return page.locator("#page-learn")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name + "\\b")))
                .first();
    }

    void choose(String node) {
        page.locator("#learn-node").selectOption(new SelectOption().setLabel(node));
    }

    void compare(String branch) {
        page.locator("#learn-compare").selectOption(new SelectOption().setLabel(branch));
    }

    /** Presses keys, and waits after each until another step is shown. */
    void press(String... keys) {
        for (String key : keys) {
            String before = time().textContent();
            page.keyboard().press(key);
            assertThat(time()).not().hasText(before);
        }
    }

    /** All that the card says of the step, its numbers included. */
    String card() {
        return String.valueOf(
                page.evaluate(
                        "() => ['happened', 'told', 'progress', 'suspicion', 'why', 'tally', 'draw', 'watch', 'changes']"
                                + ".map((id) => document.getElementById(`learn-${id}`)).map((part) => part.hidden ? '' : part.textContent).join('\\n')"));
    }
}
