package dev.hearsay.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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

    /** The phase that is marked. */
    Locator phase() {
        return page.locator("#learn-phases [aria-current]");
    }

    Locator trouble() {
        return page.locator("#learn-wrong");
    }

    Locator branches() {
        return page.locator("#learn-branches").getByRole(AriaRole.BUTTON);
    }

    Locator button(String name) {
        return page.locator("#page-learn")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name + "\\b")))
                .first();
    }

    void choose(String node) {
        page.locator("#learn-node").selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(node));
    }
}
