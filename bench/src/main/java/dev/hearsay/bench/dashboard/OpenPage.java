package dev.hearsay.bench.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import dev.hearsay.browser.Chromium;
import dev.hearsay.core.NodeId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of the dashboard in Chromium, watched from inside by wrapping what browsers offer to pages, so that the page needs nothing for it. */
final class OpenPage implements AutoCloseable {

    private static final double WAIT_MILLIS_MAX = 120_000;

    /**
     * After the page has taken an update in, remembers when its arrivals were at the nodes; after it has next cleared and drawn a large canvas, how long that took.
     * Clocks are one: both run on this machine.
     */
    private static final String WATCH = """
            window.drawnMillis = [];
            let waiting = [];
            const listen = EventSource.prototype.addEventListener;
            EventSource.prototype.addEventListener = function (type, listener, ...rest) {
              if (type !== 'update') return listen.call(this, type, listener, ...rest);
              return listen.call(this, type, function (event) {
                listener.call(this, event);
                for (const [, , from, at] of JSON.parse(event.data).arrivals) if (from >= 0) waiting.push(at / 1000);
              }, ...rest);
            };
            const clear = CanvasRenderingContext2D.prototype.clearRect;
            CanvasRenderingContext2D.prototype.clearRect = function (...rest) {
              if (this.canvas.width > 100 && waiting.length > 0) {
                const drawn = waiting;
                waiting = [];
                queueMicrotask(() => {
                  const now = performance.timeOrigin + performance.now();
                  for (const at of drawn) window.drawnMillis.push(now - at);
                });
              }
              return clear.apply(this, rest);
            };
            """;

    private static final String COUNT_FRAMES = """
            async (seconds) => {
              const counts = [];
              const begin = performance.now();
              for (let second = 1; second <= seconds; second++) {
                let count = 0;
                while (performance.now() < begin + second * 1000) {
                  await new Promise(requestAnimationFrame);
                  count++;
                }
                counts.push(count);
              }
              return counts;
            }""";

    private final BrowserContext context;
    private final Page page;

    /**
     * Opens it.
     *
     * @param isStill whether nothing is to travel on the picture, which otherwise shows arrivals later on purpose
     */
    OpenPage(Chromium chromium, NodeId dashboard, int nodes, boolean isStill) {
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1440, 900)
                        .setReducedMotion(isStill ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE));
        context.setDefaultTimeout(WAIT_MILLIS_MAX);
        page = context.newPage();
        page.addInitScript(WATCH);
        page.navigate("http://" + dashboard + "/#/live");
        page.waitForFunction("nodes => document.querySelectorAll('#nodes button').length >= nodes", nodes);
    }

    /** How many frames the page had in each of the next seconds. */
    List<Double> frames(int seconds) {
        return numbers(page.evaluate(COUNT_FRAMES, seconds));
    }

    /** From arrivals at nodes until the page had drawn them, milliseconds, since this was asked last. */
    List<Double> drawnMillis() {
        return numbers(page.evaluate("() => window.drawnMillis.splice(0)"));
    }

    private static List<Double> numbers(Object list) {
        return ((List<?>) list)
                .stream().map(each -> ((Number) each).doubleValue()).toList();
    }

    /**
     * Lets all processes of the browser, and those that they will start, use the processors only when nobody else wants to: as if it
     * ran on another machine, where most browsers run.
     */
    static void giveWay() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("renice", "-n", "19", "-p"));
        browser().map(process -> Long.toString(process.pid())).forEach(command::add);
        Process renice = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (renice.waitFor() != 0) {
            throw new IOException("the browser's priority could not be lowered");
        }
    }

    private static Stream<ProcessHandle> browser() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.contains("chrom"))
                        .isPresent());
    }

    /** Processor time that all processes of the browser have used so far. */
    static Duration cpuTime() {
        return browser()
                .map(ProcessHandle::info)
                .flatMap(info -> info.totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        context.close();
    }
}
