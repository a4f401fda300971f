package dev.hearsay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.hearsay.learn.Engine;
import dev.hearsay.learn.Lesson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine as JavaScript, in one HTML file without a server, does bit for bit what it does on the JVM. */
class EngineTest {

    private static final int RANDOM_SEEDS = 20;

    private static final String MEDDLED = "seeds=3&peers=6&random-seed=5";

    /** {@link #played}, in the page. */
    private static final String PLAY = """
            text => {
              const lesson = engine.lesson(text);
              let steps = 0;
              let all = 0;
              let isDone = false;
              while (!isDone) {
                const step = lesson.next();
                let hash = 0;
                for (let i = 0; i < step.length; i++) {
                  hash = (Math.imul(31, hash) + step.charCodeAt(i)) | 0;
                }
                all = (Math.imul(31, all) + hash) | 0;
                steps++;
                isDone = JSON.parse(step).done;
              }
              return `${steps} ${all} ${lesson.digest()}`;
            }""";

    private static Chromium chromium;
    private static Page page;

    @BeforeAll
    static void open() throws IOException {
        Path file = BrowserFixture.folder("engine").resolve("engine.html").toAbsolutePath();
        Files.writeString(file, """
                <!doctype html>
                <meta charset="utf-8">
                <script type="text/plain" id="source">%s</script>
                <script type="module">
                  const source = document.getElementById('source').textContent;
                  window.engine = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
                </script>
                """.replace("%s", script()));
        chromium = Chromium.launch();
        page = chromium.browser().newPage();
        page.navigate(file.toUri().toString());
        page.waitForFunction("window.engine !== undefined");
    }

    private static String script() throws IOException {
        try (InputStream script = Engine.class.getResourceAsStream("engine.js")) {
            String text = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).doesNotContain("</script");
            return text;
        }
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seeds=0&peers=20&topology=small-world:4:0.2",
                "seeds=0&peers=12&latency=lognormal:10ms:0.5&loss=10%&duplicate=5%&reorder=10%&crash=10%@2100ms+3s&pause=2@2s+2s",
                "seeds=3&peers=8&loss=2%&crash=3@4s",
                "seeds=3&peers=6&duplicate=5%&do=40:pause:2;90:publish:1:caf%C3%A9;200:cut:0:3;300:kill:4;320:resume:2;500:accuse:1:5;550:condemn:s1:0;600:restart:4"
            })
    void doesTheSameAsOnTheJvm(String text) {
        for (int randomSeed = 1; randomSeed <= RANDOM_SEEDS; randomSeed++) {
            String lesson = text + "&random-seed=" + randomSeed;
            assertThat(page.evaluate(PLAY, lesson)).as(lesson).isEqualTo(played(lesson));
        }
    }

    /** Steps until the lesson says that it is done: how many, a hash of all that they say, and the digest. */
    private static String played(String text) {
        Lesson lesson = Lesson.of(text);
        int steps = 0;
        int hash = 0;
        while (!lesson.isDone()) {
            hash = 31 * hash + Objects.requireNonNull(lesson.next()).hashCode();
            steps++;
        }
        return steps + " " + hash + " " + lesson.digest();
    }

    @Test
    void messagesThatAreOnTheirWayCanBeDroppedAndHastened() {
        Object inThePage = page.evaluate("""
                text => {
                  const lesson = engine.lesson(text);
                  while (!lesson.next().includes('"signal":"published"'));
                  const numbers = JSON.parse(lesson.ahead()).ahead.filter(one => one.content).map(one => one.number);
                  lesson.intervene('drop:' + numbers[0]);
                  lesson.intervene('first:' + numbers.at(-1));
                  for (let i = 0; i < 200; i++) {
                    lesson.next();
                  }
                  return lesson.text() + ' ' + lesson.digest();
                }""", MEDDLED);
        String[] textAndDigest = String.valueOf(inThePage).split(" ", 2);
        assertThat(textAndDigest[0]).contains(":drop:", ":first:");
        Lesson again = Lesson.of(textAndDigest[0]);
        String step;
        do {
            step = Objects.requireNonNull(again.next());
        } while (!step.contains("\"intervention\":\"first:"));
        for (int i = 0; i < 200; i++) {
            again.next();
        }
        assertThat(again.digest()).isEqualTo(textAndDigest[1]);
    }

    @Test
    void badInputIsAnErrorWithItsSentence() {
        assertThat(page.evaluate("() => { try { engine.lesson('peers=0'); } catch (e) { return e.message; } }"))
                .isEqualTo(
                        "peers of a lesson are 2 to 100, not 0; for larger networks there is gossip simulate --nodes N");
        assertThat(page.evaluate(
                        "() => { try { engine.lesson('').intervene('kill:99'); } catch (e) { return e.message; } }"))
                .isEqualTo("'kill:99': there is no node 99; they are numbered 0 to 7, and seeds s0, s1 …");
    }
}
