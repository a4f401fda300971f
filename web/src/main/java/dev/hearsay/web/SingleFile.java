package dev.hearsay.web;

import dev.hearsay.learn.Lesson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page Learn as one HTML file that works without a server and without a network. Styles, icon, modules and the engine are in it; modules as texts, of
 * which {@code loader.js} makes modules when the file is opened. Its policy forbids every request. It is made from the files of the dashboard's page, so
 * nothing is written twice: of {@code index.html} is left out what needs a network, and the modules are those that {@code alone.js} imports.
 */
public final class SingleFile {

    private static final String ENTRY = "alone.js";

    private static final Pattern NETWORK = Pattern.compile("(?s)\\s*<!-- network\\b[^>]*-->.*?<!-- /network -->");
    private static final Pattern STYLE = Pattern.compile("\\s*<link rel=\"stylesheet\" href=\"([^\"]+)\">");

    /** How one module names another: from where it imports, or what it lets a worker run. */
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<=\\bfrom |\\bimport |\\bimport\\()'(\\.[^']+)'|new URL\\('(\\.[^']+)', import\\.meta\\.url\\)");

    /** Ends a script or hides its end, wherever in the text it stands. */
    private static final Pattern UNSAFE = Pattern.compile("(?i)</?script|<!--");

    /** In words of scripts that any browser understands. */
    private static final String TOO_OLD = "document.getElementById('unable').hidden = false;";

    private final String policy;
    private final String before;
    private final String after;

    private SingleFile(String policy, String before, String after) {
        this.policy = policy;
        this.before = before;
        this.after = after;
    }

    /** Made when it is first asked for: it is a megabyte that most dashboards never need. */
    private static final class Held {
        static final SingleFile FILE = make();
    }

    /** The file that opens with the first story. */
    static SingleFile held() {
        return Held.FILE;
    }

    /**
     * The file as a text; in UTF-8 it may be written anywhere.
     *
     * @param lesson text of the lesson that it opens with, as in docs/learn.md; empty for the first story
     * @throws IllegalArgumentException with a sentence for people, if there is no such lesson
     */
    public static String of(String lesson) {
        if (lesson.isEmpty()) {
            return held().opening("");
        }
        Lesson.of(lesson);
        return held().opening("#/learn?lesson=" + URLEncoder.encode(lesson, StandardCharsets.UTF_8));
    }

    private String opening(String address) {
        return before + address + after;
    }

    /** What a browser may do with it: run what is in it, and nothing else. */
    String policy() {
        return policy;
    }

    private static SingleFile make() {
        String index = NETWORK.matcher(Page.text("index.html")).replaceAll("");
        StringBuilder styles = new StringBuilder("\n");
        STYLE.matcher(index).results().forEach(link -> styles.append(Page.text(link.group(1))));
        String loader = "\n" + Page.text("loader.js");
        String policy = policy(styles.toString(), TOO_OLD, loader);
        String icon = "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(Page.text("icon.svg").getBytes(StandardCharsets.UTF_8));
        String html = STYLE.matcher(index).replaceAll("").replace("icon.svg", icon);
        StringBuilder scripts = new StringBuilder(unable());
        modules()
                .forEach((name, source) -> scripts.append("<script type=\"text/plain\" data-module=\"")
                        .append(name)
                        .append("\">\n")
                        .append(source)
                        .append("</script>\n"));
        scripts.append("<script type=\"module\">").append(loader).append("</script>\n");
        String marker = "\0";
        html = replaced(html, "<meta charset=\"utf-8\">", head(policy, marker, styles.toString()));
        html = replaced(html, "<body>", "<body class=\"alone\">");
        html = replaced(html, "</body>", scripts + "</body>").strip();
        int at = html.indexOf(marker);
        return new SingleFile(policy, html.substring(0, at), html.substring(at + 1));
    }

    private static String head(String policy, String opens, String styles) {
        return """
                <meta charset="utf-8">
                  <meta http-equiv="Content-Security-Policy" content="%s">
                  <meta name="opens" content="%s">
                  <style>%s</style>""".formatted(policy, opens, styles);
    }

    /** What is said in a browser that cannot show the page. */
    private static String unable() {
        return """
                <p id="unable" class="unable" hidden>This browser is too old for this page; open it in one of 2022 or later.</p>
                  <noscript><p class="unable">This page needs JavaScript, which is switched off; allow it for this file.</p></noscript>
                  <script nomodule>%s</script>
                """.formatted(TOO_OLD);
    }

    private static String replaced(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new IllegalStateException("the page's index.html has no " + what);
        }
        return text.replace(what, by);
    }

    /** Scripts and styles are allowed one by one, by their hash; modules are blobs that the loader has made. */
    private static String policy(String styles, String... scripts) {
        List<String> hashes = new ArrayList<>();
        for (String script : scripts) {
            hashes.add(hash(script));
        }
        return "default-src 'none'; script-src " + String.join(" ", hashes) + " blob:; worker-src data:; style-src "
                + hash(styles) + "; img-src data: blob:; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All modules by name, each after those it names. */
    private static Map<String, String> modules() {
        Map<String, String> modules = new LinkedHashMap<>();
        add(ENTRY, modules, new LinkedHashSet<>());
        return modules;
    }

    private static void add(String name, Map<String, String> modules, Set<String> path) {
        if (modules.containsKey(name)) {
            return;
        }
        if (!path.add(name)) {
            throw new IllegalStateException("modules name each other in a circle: " + path + " and again " + name);
        }
        String source = Page.text(name);
        if (UNSAFE.matcher(source).find()) {
            throw new IllegalStateException(name + " has what would end a script of a page");
        }
        // The engine names no other; it is long, and not for people.
        if (!name.equals(Page.ENGINE)) {
            Matcher references = REFERENCE.matcher(source);
            references.results().map(found -> target(name, found)).forEach(each -> add(each, modules, path));
            source = references.replaceAll(
                    found -> (found.group(1) == null ? "'worker:" : "'module:") + target(name, found) + "'");
        }
        path.remove(name);
        modules.put(name, source);
    }

    /** The name of the module that is meant. */
    private static String target(String from, MatchResult reference) {
        String path = reference.group(1) == null ? reference.group(2) : reference.group(1);
        return URI.create("/" + from).resolve(path).getPath().substring(1);
    }
}
