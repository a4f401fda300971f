package dev.hearsay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.hearsay.learn.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine as JavaScript, in one HTML file without a server, does bit for bit what it does on the JVM. */
class EngineTest {

    private static final int RANDOM_SEEDS = 20;

    private static Chromium chromium;
    private static Page page;

    @BeforeAll
    static void open() throws IOException {
        Path file = BrowserFixture.folder("engine").resolve("engine.html").toAbsolutePath();
        Files.writeString(file, """
                <!doctype html>
                <script type="text/plain" id="engine">%s</script>
                <script type="module">
                  const source = document.getElementById('engine').textContent;
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
                "nodes=30 topology=random:4",
                "nodes=40 topology=small-world:4:0.2 latency=lognormal:10ms:0.5 loss=10% duplicate=5% reorder=10% heartbeats=1s crash=10%@100ms+3s pause=2@50ms+2s"
                        + " heal=6s",
                "nodes=8 seeds=3 latency=uniform:5ms-20ms loss=2% crash=3@5s"
            })
    void doesTheSameAsOnTheJvm(String options) {
        for (int randomSeed = 1; randomSeed <= RANDOM_SEEDS; randomSeed++) {
            String study = options + " random-seed=" + randomSeed;
            assertThat(page.evaluate("study => engine.digest(study)", study))
                    .as(study)
                    .isEqualTo(Engine.digest(study));
        }
    }
}
