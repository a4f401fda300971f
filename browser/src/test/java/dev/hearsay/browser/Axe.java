package dev.hearsay.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of WCAG 2.2, levels A and AA, that a program can check. */
final class Axe {

    /** The version is that of the pom, so the folder is looked for by name. */
    private static final String FOLDER = "/META-INF/resources/webjars/axe-core/";

    private static final String RUN = """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
              if (found.passes.length < 10) return ['only ' + found.passes.length + ' rules found anything to look at'];
              return found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.target.join(' ') + ': ' + node.failureSummary));
            }""";

    private Axe() {}

    /** What is wrong with the page as it is now; nothing if it is clean. */
    @SuppressWarnings("unchecked")
    static List<String> violations(Page page) {
        page.evaluate(source());
        return (List<String>) page.evaluate(RUN);
    }

    private static String source() {
        String version = version();
        try (InputStream in = Axe.class.getResourceAsStream(FOLDER + version + "/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version() {
        var properties = new java.util.Properties();
        try (InputStream in =
                Axe.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
