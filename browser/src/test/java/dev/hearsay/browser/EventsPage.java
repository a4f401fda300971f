package dev.hearsay.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The log of what has happened. */
record EventsPage(Page page) {

    static final String PLACE = "#/events";

    Locator list() {
        return page.locator("#events-rows");
    }

    Locator rows() {
        return list().getByRole(AriaRole.OPTION);
    }

    Locator row(String words) {
        return rows().filter(new Locator.FilterOptions().setHasText(words)).first();
    }

    /** How many there are, in words. */
    Locator summary() {
        return page.locator("#events-summary");
    }

    Locator words() {
        return page.locator("#events-words");
    }

    Locator node() {
        return page.locator("#events-node");
    }

    Locator kind(String name) {
        return page.locator("#events-kinds").getByLabel(name, new Locator.GetByLabelOptions().setExact(true));
    }
}
