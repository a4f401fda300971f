package dev.hearsay.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Who is a member, and how that was decided. */
record MembersPage(Page page) {

    static final String PLACE = "#/members";

    Locator quorum() {
        return page.locator("#quorum");
    }

    /** In a sentence, whether the lists agree. */
    Locator agreement() {
        return page.locator("#lists-words");
    }

    Locator row(String name) {
        return page.locator("#lists-rows tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    /** The latest about that; each seed that is asked may propose it. */
    Locator ballot(String title) {
        return page.locator("#ballots-list > li")
                .filter(new Locator.FilterOptions().setHasText(title))
                .first();
    }
}
