package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;

/** What is around every page: the top bar, the ways to the other pages, the help. */
record Shell(Page page) {

    private static final Pattern LIVE = Pattern.compile("Live");
    private static final Pattern LOST = Pattern.compile("Connection lost \\d+ s ago; showing the last known state\\.");

    Locator connection() {
        return page.locator("#connection");
    }

    void awaitLive() {
        assertThat(connection()).containsText(LIVE);
        page.waitForFunction("() => " + opacity() + " === 1");
    }

    /** Waits at most so long until it is said that the connection is lost, and what is shown is dimmed. */
    void awaitLost(double millis) {
        assertThat(connection()).containsText(LOST, new LocatorAssertions.ContainsTextOptions().setTimeout(millis));
        page.waitForFunction("() => " + opacity() + " < 0.9");
    }

    private static String opacity() {
        return "Number(getComputedStyle(document.querySelector('main')).opacity)";
    }

    Locator search() {
        return page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName(Pattern.compile("Find|Search")))
                .first();
    }

    Locator help() {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keys"));
    }

    /** The places of all pages that can be gone to, as in {@code #/members}; the page itself if it is the only one. */
    @SuppressWarnings("unchecked")
    List<String> places() {
        List<String> found = (List<String>)
                page.evaluate(
                        "() => [...new Set([...document.querySelectorAll('nav a[href^=\"#/\"]')].map(a => a.getAttribute('href')))]");
        return found.isEmpty() ? List.of(LivePage.PLACE) : found;
    }

    /** Clicks on the way to another page. */
    void click(String title) {
        Locator link = page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"))
                .getByText(title, new Locator.GetByTextOptions().setExact(true));
        link.click();
        assertThat(link).hasAttribute("aria-current", "page");
    }

    /** Goes to another page, as a click on the way to it does. */
    void go(String place) {
        page.evaluate("""
                async (place) => {
                  location.hash = place;
                  for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
                }""", place);
    }

    /** Whether something stands out at the right, so that one would have to scroll sideways. */
    boolean isTooWide() {
        return (boolean)
                page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }
}
