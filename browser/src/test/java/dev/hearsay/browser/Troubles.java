package dev.hearsay.browser;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What goes wrong on a page without anybody seeing it: errors of its code, of the console, and requests that fail. */
final class Troubles {

    /** All that the console says, for people who look into a failure. */
    private final List<String> console = new ArrayList<>();

    private final List<String> unexpected = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();
    private boolean isOver;

    Troubles(Page page) {
        page.onConsoleMessage(message -> {
            console.add(message.type() + ": " + message.text());
            if (message.type().equals("error")) {
                happened("console: " + message.text());
            }
        });
        page.onPageError(error -> happened("error of the page: " + error));
        page.onRequestFailed(request -> happened("request failed: " + request.url() + " " + request.failure()));
        page.onResponse(response -> {
            if (response.status() >= 400) {
                happened("response: " + response.url() + " " + response.status());
            }
        });
    }

    /** Troubles in which the expression is found are what the test is about. */
    void expect(String expression) {
        expected.add(Pattern.compile(expression));
    }

    private void happened(String what) {
        console.add(what);
        if (!isOver && expected.stream().noneMatch(each -> each.matcher(what).find())) {
            unexpected.add(what);
        }
    }

    /** From now on the page is taken away, so that its requests may break off. */
    void end() {
        isOver = true;
    }

    List<String> unexpected() {
        return unexpected;
    }

    List<String> console() {
        return console;
    }
}
