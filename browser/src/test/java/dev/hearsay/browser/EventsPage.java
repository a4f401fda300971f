package dev.hearsay.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The log of what has happened. */
record EventsPage(Page page) {

    static final String PLACE = "#/events";

    Locator rows() {
        return page.locator("#log").getByRole(AriaRole.LISTITEM);
    }
}
