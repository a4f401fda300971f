package dev.hearsay.browser;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the graph shows, as the page saves it: the only way to know where things are on a canvas.
 *
 * @param names where the names of nodes are drawn, in pixels of the canvas
 * @param lines lines from one point to another, straight or zigzag, in the order in which they are drawn
 */
record Drawing(String svg, Map<String, Point> names, List<Line> lines) {

    private static final Pattern NAME =
            Pattern.compile("<text x=\"([-\\d.]+)\" y=\"([-\\d.]+)\"[^>]*>([\\w.:…]+)</text>");
    private static final Pattern LINE =
            Pattern.compile("M([-\\d.]+) ([-\\d.]+)(?:L[-\\d.]+ [-\\d.]+)*L([-\\d.]+) ([-\\d.]+)(?=[M\"])");
    /** A name is below its node, not far. */
    private static final double NAME_PIXELS = 45;

    record Point(double x, double y) {}

    record Line(Point from, Point to) {
        // Not the very middle, where others may cross.
        double middleX() {
            return from.x() + 0.42 * (to.x() - from.x());
        }

        double middleY() {
            return from.y() + 0.42 * (to.y() - from.y());
        }

        private boolean isAt(Point name) {
            return isBelow(from, name) || isBelow(to, name);
        }

        private static boolean isBelow(Point node, Point name) {
            return Math.abs(node.x() - name.x()) < 2 && name.y() > node.y() && name.y() - node.y() < NAME_PIXELS;
        }
    }

    static Drawing of(Page page) throws IOException {
        page.locator(".menu summary").click();
        Download download = page.waitForDownload(() -> page.locator("#svg").click());
        page.locator(".menu summary").click();
        return read(text(download));
    }

    static String text(Download download) throws IOException {
        return new String(download.createReadStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Drawing read(String svg) {
        Map<String, Point> names = new LinkedHashMap<>();
        for (Matcher found = NAME.matcher(svg); found.find(); ) {
            names.put(found.group(3), point(found.group(1), found.group(2)));
        }
        List<Line> lines = new ArrayList<>();
        for (Matcher found = LINE.matcher(svg); found.find(); ) {
            lines.add(new Line(point(found.group(1), found.group(2)), point(found.group(3), found.group(4))));
        }
        return new Drawing(svg, names, lines);
    }

    private static Point point(String x, String y) {
        return new Point(Double.parseDouble(x), Double.parseDouble(y));
    }

    Line linkOf(String node) {
        Point name = names.get(node);
        return lines.stream()
                .filter(line -> line.isAt(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link of " + node + " in " + svg));
    }
}
