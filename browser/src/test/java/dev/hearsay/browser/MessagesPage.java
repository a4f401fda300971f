package dev.hearsay.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** All messages, and the way of the chosen one. */
record MessagesPage(Page page) {

    static final String PLACE = "#/messages";

    Locator rows() {
        return page.locator("#messages-rows tr");
    }

    Locator texts() {
        return page.locator("#messages-rows td.text");
    }

    Locator message(String text) {
        return page.locator("#messages-rows")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(text).setExact(true));
    }

    Locator filter() {
        return page.locator("#messages-filter");
    }

    void sort(String column) {
        page.locator("#messages-head")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(column))
                .click();
    }

    Locator summary() {
        return page.locator("#messages-summary");
    }

    /** Of the chosen one. */
    Locator detail() {
        return page.locator("#way");
    }

    Locator action(String name) {
        return detail().locator(".about > .buttons > *").filter(new Locator.FilterOptions().setHasText(name));
    }
}
