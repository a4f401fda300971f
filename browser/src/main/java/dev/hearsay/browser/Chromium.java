package dev.hearsay.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The system's Chromium without a window. Only the thread that launched it may use it and what it makes. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    /** It is the system's, so nothing is fetched. */
    private static final Map<String, String> ENVIRONMENT = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException if there is none on the {@code PATH}
     */
    public static Chromium launch() {
        Path executable = find(System.getenv().getOrDefault("PATH", ""))
                .orElseThrow(() -> new IllegalStateException("none of " + String.join(", ", NAMES)
                        + " is on the PATH; install one (Debian, Ubuntu: sudo apt-get install chromium)"));
        List<String> flags = new ArrayList<>(List.of("--disable-background-networking"));
        if (System.getProperty("user.name").equals("root")) {
            // It refuses to run as root otherwise, as in containers.
            flags.add("--no-sandbox");
        }
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(ENVIRONMENT));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable)
                                    .setArgs(flags)));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    static Optional<Path> find(String path) {
        return NAMES.stream()
                .flatMap(name -> List.of(path.split(File.pathSeparator, -1)).stream()
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What pages are opened in. */
    public Browser browser() {
        return browser;
    }

    /** Ends it and all its pages. */
    @Override
    public void close() {
        playwright.close();
    }
}
