package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.SelectOption;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Thousands of events: looked through, filtered, taken along. */
class EventsPageTest extends BrowserFixture {

    private static final int MESSAGES = 120;

    @Test
    void eventsAreFilteredScrolledThroughWithoutAGapAndTakenAlong() throws Exception {
        host = Networks.ofNodes(8);
        watchWithFaults();
        open(Look.DESK, EventsPage.PLACE);
        EventsPage events = new EventsPage(page);
        assertThat(events.rows().first()).isVisible();
        for (int i = 0; i < MESSAGES; i++) {
            publish(1 + i % 8, "message " + i);
        }
        events.words().fill("published");
        assertThat(events.summary()).hasText(MESSAGES + " events like that");
        events.node().selectOption(new SelectOption().setLabel("node 3"));
        assertThat(events.summary()).hasText(MESSAGES / 8 + " events like that");
        events.kind("messages").uncheck();
        assertThat(events.summary()).hasText("Nothing like that has happened.");
        events.kind("messages").check();
        Download few = page.waitForDownload(() -> page.locator("#events-csv").click());
        List<String> rows = Drawing.text(few).lines().toList();
        assertThat(rows).hasSize(1 + MESSAGES / 8).first().isEqualTo("number,time,node,address,signal,message,text");
        assertThat(rows.subList(1, rows.size()))
                .allMatch(row -> row.contains(",3,127.0.0.1:") && row.contains(",published,"));
        events.node().selectOption("");
        events.words().fill("");

        // Paused, so that the list stays as it is.
        new TimeBar(page).pause();
        page.waitForFunction(
                "() => /^[\\d,]+ events up to/.test(document.querySelector('#events-summary').textContent)");
        int all = Integer.parseInt(
                events.summary().textContent().replaceAll(" .*", "").replace(",", ""));
        assertThat(all).isGreaterThan(2000);
        assertThat(scrolledThrough(events, all)).hasSize(all);
        Download whole = page.waitForDownload(() -> page.locator("#events-csv").click());
        assertThat(Drawing.text(whole).lines()).hasSize(all + 1);
    }

    /** The places of all rows that were seen with what had been asked for, by the keys of the list alone. */
    private NavigableSet<Integer> scrolledThrough(EventsPage events, int all) {
        events.list().focus();
        page.keyboard().press("Home");
        NavigableSet<Integer> seen = new TreeSet<>();
        for (int presses = 0; presses < all && (seen.isEmpty() || seen.last() < all); presses++) {
            @SuppressWarnings("unchecked")
            List<Integer> places = (List<Integer>) page.waitForFunction("""
                    () => {
                      const rows = [...document.querySelectorAll('#events-rows [role=option]:not([hidden])')];
                      if (rows.some((row) => row.textContent === '…')) return null;
                      return rows.map((row) => Number(row.getAttribute('aria-posinset')));
                    }""").jsonValue();
            seen.addAll(places);
            page.keyboard().press("PageDown");
        }
        return seen;
    }
}
