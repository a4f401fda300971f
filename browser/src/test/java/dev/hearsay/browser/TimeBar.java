package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The bar at the bottom of every page: which moment is shown. */
record TimeBar(Page page) {

    static final Pattern PAUSED = Pattern.compile("Paused, [\\d,]+ events? behind");

    Locator mode() {
        return page.locator("#connection");
    }

    Locator moment() {
        return page.locator("#time-text");
    }

    Locator slider() {
        return page.locator("#time-slider");
    }

    Locator button(String name) {
        return page.locator("#time")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    void pause() {
        button("❚❚ Pause").click();
        assertThat(mode()).containsText(PAUSED);
    }

    void backToLive() {
        button("Back to live").click();
        assertThat(mode()).hasText("● Live");
    }

    /** Slides to this part of what is on the bar, of 10,000. */
    void slide(int to) {
        slider().fill(Integer.toString(to));
        assertThat(mode()).containsText(PAUSED);
    }

    /** How many events have come after what is shown. */
    int behind() {
        assertThat(mode()).containsText(PAUSED);
        return Integer.parseInt(mode().textContent().replaceAll("\\D", ""));
    }
}
