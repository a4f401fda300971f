package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.hearsay.learn.Lesson;
import dev.hearsay.web.SingleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page Learn as one file, opened from a disk by a browser that is offline: nothing is asked of anybody. */
class SingleFileTest extends BrowserFixture {

    private static final List<String> PHASES =
            List.of("Seeds", "Registration", "Overlay", "Dissemination", "Failure detection", "Removal");

    private static final String LESSON = "seeds=3&peers=5&random-seed=7&crash=2@4s";

    @TempDir
    Path folder;

    private final List<String> requests = new ArrayList<>();
    private LearnPage learn;

    @BeforeEach
    void openFromDisk() throws IOException {
        open(write("learn.html", ""), Look.DESK, "");
    }

    /** Whatever a test did, the browser asked for files of the disk and for what the page itself had made, and for nothing else. */
    @AfterEach
    void nothingWasAskedOfAnybody() {
        assertThat(requests)
                .isNotEmpty()
                .allMatch(url -> url.startsWith(folder.toUri().toString())
                        || url.startsWith("blob:")
                        || url.startsWith("data:"));
    }

    private Path write(String name, String lesson) throws IOException {
        return Files.writeString(folder.resolve(name), SingleFile.of(lesson));
    }

    private void open(Path file, Look look, String place) {
        open(file, look.options(), place, "");
        assertThat(learn.happened()).not().isEmpty();
    }

    private void open(Path file, Browser.NewContextOptions options, String place, String script) {
        openOffline(options, file.toUri() + place, fresh -> {
            fresh.onRequest(request -> requests.add(request.url()));
            // These have never left the page.
            fresh.onRequestFailed(
                    request -> requests.removeIf(url -> request.failure().equals("csp") && url.equals(request.url())));
            if (!script.isEmpty()) {
                fresh.addInitScript(script);
            }
        });
        learn = new LearnPage(page);
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    @Test
    void allSixPhasesAreGoneThroughForwardsAndBackwardsByKeys() {
        for (String phase : PHASES.subList(1, PHASES.size())) {
            press("Shift+ArrowRight");
            assertThat(learn.phase()).hasText(phase);
            assertThat(learn.why()).not().isEmpty();
        }
        for (String phase : PHASES.reversed().subList(1, PHASES.size())) {
            press("Shift+ArrowLeft");
            assertThat(learn.phase()).hasText(phase);
        }
        String first = learn.happened().textContent();
        press("ArrowRight");
        assertThat(learn.happened()).not().hasText(first);
        press("ArrowLeft");
        assertThat(learn.happened()).hasText(first);
        press("?");
        assertThat(new Shell(page).help()).isVisible();
        assertThat(new Shell(page).help()).not().containsText("back to live");
    }

    @Test
    void aForkIsUndoneAndItsAddressShowsItAgain() {
        learn.button("Dissemination").click();
        assertThat(learn.happened()).containsText("publishes");
        String before = learn.happened().textContent();
        learn.choose("node 1");
        learn.button("Kill").click();
        assertThat(learn.branches()).hasCount(2);
        String killed = learn.happened().textContent();
        String address = (String) page.evaluate("location.href");
        learn.button("Undo").click();
        assertThat(learn.happened()).hasText(before);
        // The same page is given another address, as by somebody who pastes a link.
        page.navigate(address);
        assertThat(learn.happened()).hasText(killed);
        open(folder.resolve("learn.html"), Look.DESK, address.substring(address.indexOf('#')));
        assertThat(learn.happened()).hasText(killed);
    }

    @Test
    void itIsSavedWithWhatItShowsAndAgainFromThat() throws IOException {
        page.locator("#learn-form [name=peers]").fill("5");
        learn.button("Begin").click();
        learn.button("Overlay").click();
        assertThat(learn.phase()).hasText("Overlay");
        String shown = learn.happened().textContent();
        String address = (String) page.evaluate("location.hash");
        Path first = save("first.html");
        open(first, Look.DESK, "");
        assertThat(learn.happened()).hasText(shown);
        assertThat(page).hasURL(first.toUri().toString() + address);
        Path second = save("second.html");
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    private Path save(String name) {
        Download download =
                page.waitForDownload(() -> learn.button("Save as one file").click());
        assertThat(download.suggestedFilename()).isEqualTo("lesson.html");
        download.saveAs(folder.resolve(name));
        return folder.resolve(name);
    }

    @Test
    void theLessonItWasWrittenWithIsTheOneOfTheJvm() throws IOException {
        open(write("mine.html", LESSON), Look.DESK, "");
        assertThat(page.locator("#learn-form [name=peers]")).hasValue("5");
        Lesson lesson = Lesson.of(LESSON);
        while (!lesson.isDone()) {
            Objects.requireNonNull(lesson.next());
        }
        String digest = (String) page.evaluate("""
                async (text) => {
                  const source = document.querySelector('script[data-module="engine.js"]').textContent;
                  const engine = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
                  const lesson = engine.lesson(text);
                  while (!JSON.parse(lesson.next()).done);
                  return lesson.digest();
                }""", LESSON);
        assertThat(digest).isEqualTo(lesson.digest());
    }

    /** It uses none, so it must not miss it. */
    @Test
    void itWorksInABrowserWithoutWebAssembly() {
        open(folder.resolve("learn.html"), Look.DESK.options(), "#/learn?play=1", "delete globalThis.WebAssembly;");
        assertThat(page.evaluate("typeof WebAssembly")).isEqualTo("undefined");
        assertThat(learn.button("❚❚ Pause")).isVisible();
        assertThat(page.locator("#learn-time")).containsText("Step ");
    }

    @Test
    void moreNodesThanACircleHoldsAreLaidOutByAWorker() throws IOException {
        open(write("many.html", "seeds=0&peers=40"), Look.DESK, "");
        page.waitForFunction(
                "() => Object.keys(JSON.parse(localStorage.getItem('places') ?? '{}')).includes('lesson 40')");
        assertThat(page.evaluate(
                        "() => new Set(Object.values(JSON.parse(localStorage.getItem('places'))['lesson 40'].places)"
                                + ".map(([x, y]) => Math.round(100 * Math.hypot(x, y)))).size"))
                .as("distances from the middle, of which a circle has one")
                .isNotEqualTo(1);
    }

    @Test
    void whoCannotRunItIsTold() {
        // What a browser without modules runs instead of them.
        page.evaluate(page.locator("script[nomodule]").textContent());
        assertThat(page.getByText("This browser is too old for this page")).isVisible();
        open(folder.resolve("learn.html"), Look.DESK.options().setJavaScriptEnabled(false), "", "");
        assertThat(page.locator("noscript p")).isVisible();
        assertThat(page.locator("noscript p")).containsText("This page needs JavaScript, which is switched off");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothingAndPicturesAreKept(ColorScheme colours) throws IOException {
        for (Look size : List.of(Look.DESK, Look.PHONE)) {
            Look look = size.in(colours).still();
            open(folder.resolve("learn.html"), look, "");
            learn.button("Dissemination").click();
            assertThat(learn.happened()).containsText("publishes");
            Path picture = folder("screenshots").resolve("onefile-" + look + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(picture).setFullPage(true));
            assertThat(Axe.violations(page)).as(look.toString()).isEmpty();
            assertThat(new Shell(page).isTooWide()).isFalse();
        }
    }

    @Test
    void nothingCanBeFetchedFromIt() {
        troubles.expect("example\\.invalid|Content Security Policy|frame");
        assertThat(page.evaluate("""
                async () => {
                  try {
                    await fetch('https://example.invalid/');
                    return 'fetched';
                  } catch (refused) {
                    return new Promise((resolve) => {
                      const image = new Image();
                      image.onload = () => resolve('loaded');
                      image.onerror = () => resolve('refused');
                      image.src = 'https://example.invalid/a.png';
                    });
                  }
                }""")).isEqualTo("refused");
        assertThat(SingleFile.of("").getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_500_000);
    }
}
