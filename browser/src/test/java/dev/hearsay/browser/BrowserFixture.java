package dev.hearsay.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import dev.hearsay.web.faults.FaultAccess;
import dev.hearsay.web.recordings.RecordingAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A network, a dashboard before it, and a page of it in Chromium. A test fails too if the page has troubles that it did not expect; what the page looked like and
 * what its console said is then kept in {@code target/failures}.
 */
abstract class BrowserFixture {

    /** For what takes the protocol some rounds on a busy machine; nobody waits as long. */
    private static final double DEADLINE_MILLIS = 60_000;

    static final NodeId ANYWHERE = new NodeId("127.0.0.1", 0);

    private static final Path ARTEFACTS = Path.of(System.getProperty("hearsay.artefacts", "target"));

    private final class Watcher
            implements BeforeEachCallback, AfterTestExecutionCallback, LifecycleMethodExecutionExceptionHandler {
        @Override
        public void beforeEach(ExtensionContext context) {
            PlaywrightAssertions.setDefaultAssertionTimeout(DEADLINE_MILLIS);
            // One for all tests; the store closes it after the last.
            chromium = context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class);
        }

        @Override
        public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
                throws Throwable {
            if (page != null) {
                keep(nameOf(context));
            }
            throw failure;
        }

        @Override
        public void afterTestExecution(ExtensionContext context) throws IOException {
            List<String> unexpected = troubles == null ? List.of() : List.copyOf(troubles.unexpected());
            if (page != null && (context.getExecutionException().isPresent() || !unexpected.isEmpty())) {
                keep(nameOf(context));
            }
            if (context.getExecutionException().isEmpty() && !unexpected.isEmpty()) {
                throw new AssertionError("The page had troubles: " + unexpected);
            }
        }
    }

    @RegisterExtension
    final Watcher watcher = new Watcher();

    private Chromium chromium;
    private BrowserContext context;
    Host host;
    Dashboard dashboard;
    Troubles troubles;
    Page page;

    @AfterEach
    void end() {
        leave();
        if (dashboard != null) {
            dashboard.close();
        }
        if (host != null) {
            host.close();
        }
    }

    /** A dashboard that is told of the first node and finds the others. */
    void watch() throws Exception {
        watch(ANYWHERE, host.nodes().getFirst().address());
    }

    void watch(NodeId listener, NodeId... nodes) throws Exception {
        dashboard = Dashboard.start(new DashboardOptions("test", List.of(nodes), listener, false, null));
    }

    /** A dashboard of the process that runs the network, so that things can be let go wrong through it. */
    void watchWithFaults() throws Exception {
        watchWithFaults(ANYWHERE, false, null);
    }

    void watchWithFaults(NodeId listener, boolean isReadOnly, @Nullable String token) throws Exception {
        List<NodeId> nodes = host.nodes().stream().map(HostedNode::address).toList();
        dashboard = Dashboard.start(new DashboardOptions("test", nodes, listener, isReadOnly, token)
                .with(new FaultAccess.OfNetwork(host.faults(), ""))
                .with(RecordingAccess.of(host.recorder(), "test", " --network test")));
    }

    /** Gives a message to a node past the page. */
    void publish(int node, String text) throws Exception {
        host.node(node)
                .publish(text.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .join();
    }

    /** Another page of the same browser, at the place at which the first one is. */
    Page another() {
        Page other = context.newPage();
        other.navigate(page.url());
        return other;
    }

    /** Opens the dashboard, or a place in it such as {@code #/members}, anew. */
    void open(Look look, String place) {
        openAt(look, "http://" + dashboard.listener() + "/" + place);
    }

    void openAt(Look look, String address) {
        prepare(look.options());
        page.navigate(address);
    }

    /** Opens an address in a browser that has no network. */
    void openOffline(Browser.NewContextOptions options, String address, Consumer<Page> preparation) {
        prepare(options.setOffline(true));
        preparation.accept(page);
        page.navigate(address);
    }

    private void prepare(Browser.NewContextOptions options) {
        leave();
        context = chromium.browser().newContext(options);
        context.setDefaultTimeout(DEADLINE_MILLIS);
        page = context.newPage();
        troubles = new Troubles(page);
    }

    /** Closes the page, if one is open. */
    private void leave() {
        if (context != null) {
            troubles.end();
            context.close();
            context = null;
        }
    }

    private static String nameOf(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName() + context.getDisplayName();
    }

    static Path folder(String name) throws IOException {
        return Files.createDirectories(ARTEFACTS.resolve(name));
    }

    private void keep(String test) throws IOException {
        String name = test.replaceAll("[^\\w.-]+", "_");
        Path folder = folder("failures");
        Files.write(folder.resolve(name + ".txt"), troubles.console());
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }
}
