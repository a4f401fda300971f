package dev.hearsay.cli.plot;

import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** The picture of a topology: links, nodes with their numbers, and beside them what the colours and sizes mean. */
final class Picture {

    static final int WIDTH = 1200;
    static final int HEIGHT = 860;

    private static final double LEFT = 40;
    private static final double RIGHT = 890;
    private static final double TOP = 104;
    private static final double BOTTOM = 824;
    private static final double LEGEND_LEFT = 940;
    private static final double RADIUS_MIN = 2.2;
    private static final double RADIUS_MAX = 20;
    /** A number must have letters of this size to be read. */
    private static final double LETTER_MIN = 7;

    private static final double LETTER_MAX = 14;
    private static final double RING_LETTER = 11;
    /** Digits are about as wide as this part of their height. */
    private static final double DIGIT_WIDTH = 0.6;

    private final Topology topology;
    private final Graph graph;
    private final Canvas canvas;
    private final Degrees degrees;
    private final Layout layout;
    private final double[] x;
    private final double[] y;
    private final double radius;

    private Picture(Topology topology, Canvas canvas) {
        this.topology = topology;
        this.graph = topology.graph();
        this.canvas = canvas;
        this.degrees = Degrees.of(graph);
        this.layout = Layout.of(topology.spec(), graph, topology.randomSeed());
        this.x = layout.x().clone();
        this.y = layout.y().clone();
        fit();
        this.radius = layout.isFree() ? apart() : Math.clamp(share() * Spacing.nearest(x, y), RADIUS_MIN, RADIUS_MAX);
    }

    /** How much of the way to the next node the radius may take. */
    private double share() {
        return layout.isRing() ? 0.26 : 0.36;
    }

    /** Pushes nodes apart that would cover each other. Returns the radius they can have. */
    private double apart() {
        double each = Math.sqrt((RIGHT - LEFT) * (BOTTOM - TOP) / graph.nodes());
        double wanted = Math.clamp(0.19 * each, RADIUS_MIN, RADIUS_MAX);
        Spacing.pushApart(x, y, 2.7 * wanted);
        fit();
        return wanted;
    }

    static void draw(Topology topology, Canvas canvas) {
        Picture picture = new Picture(topology, canvas);
        canvas.rectangle(0, 0, WIDTH, HEIGHT, Colours.PAPER);
        picture.title();
        picture.links();
        picture.nodes();
        new Legend(canvas, LEGEND_LEFT, TOP, picture.degrees, picture.radius, picture.shortcuts()).draw();
    }

    static String title(Topology topology) {
        return topology.spec() + ", " + topology.graph().nodes() + " nodes";
    }

    private void title() {
        canvas.text(
                LEFT,
                52,
                26,
                true,
                Canvas.Anchor.START,
                Colours.INK,
                topology.spec().toString());
        Distances distances = Distances.of(graph);
        String about = count(graph.nodes(), "node") + ", " + count(graph.links(), "link");
        if (graph.nodes() > 1) {
            about += String.format(
                    Locale.ROOT, ". From one node to another it is %.1f links on average", distances.mean());
            about += Distances.isExact(graph) ? ", " + distances.diameter() + " at most" : "";
        }
        about += isDrawn() ? ". Random seed " + topology.randomSeed() : "";
        canvas.text(LEFT, 78, 14, false, Canvas.Anchor.START, Colours.FAINT_INK, about);
    }

    /** Whether luck had a part in the overlay. */
    private boolean isDrawn() {
        return switch (topology.spec()) {
            case OverlaySpec.Circular(), OverlaySpec.Full(), OverlaySpec.Grid() -> false;
            case OverlaySpec.Given given -> false;
            case OverlaySpec.RandomRegular _, OverlaySpec.PowerLaw _, OverlaySpec.SmallWorld _ -> true;
            case OverlaySpec.ScaleFree ignored -> true;
        };
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Scales the layout, evenly, into the frame. */
    private void fit() {
        double margin = RADIUS_MAX + 10;
        double minX = min(x);
        double minY = min(y);
        double spanX = Math.max(1e-9, max(x) - minX);
        double spanY = Math.max(1e-9, max(y) - minY);
        double width = RIGHT - LEFT - 2 * margin;
        double height = BOTTOM - TOP - 2 * margin;
        double scale = Math.min(width / spanX, height / spanY);
        if (graph.nodes() == 1) {
            scale = 0;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = (LEFT + RIGHT) / 2 + (x[i] - minX - spanX / 2) * scale;
            y[i] = (TOP + BOTTOM) / 2 + (y[i] - minY - spanY / 2) * scale;
        }
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    private void links() {
        // The more there are, the fainter: where many cross, they add up again.
        double width = graph.links() < 300 ? 1.6 : graph.links() < 2000 ? 1.1 : 0.8;
        double opacity = Math.clamp(11 / Math.sqrt(graph.links() + 1.0), 0.12, 0.75);
        for (int pass = 0; pass < 2; pass++) {
            for (int node = 0; node < graph.nodes(); node++) {
                for (int i = 0; i < graph.degree(node); i++) {
                    int other = graph.neighbour(node, i);
                    boolean isLater = isShortcut(node, other);
                    if (other > node && isLater == (pass == 1)) {
                        link(node, other, width, isLater, isLater ? Math.max(0.5, opacity) : opacity);
                    }
                }
            }
        }
    }

    private void link(int a, int b, double width, boolean isShortcut, double opacity) {
        int colour = isShortcut ? Colours.ORANGE : Colours.LINK;
        if (!(topology.spec() instanceof OverlaySpec.SmallWorld) || ringDistance(a, b) < 2 || isShortcut) {
            canvas.line(x[a], y[a], x[b], y[b], width, colour, opacity);
            return;
        }
        // A link that skips a node of the ring would lie behind that node.
        double centreX = (LEFT + RIGHT) / 2;
        double centreY = (TOP + BOTTOM) / 2;
        double towardsX = (x[a] + x[b]) / 2 - centreX;
        double towardsY = (y[a] + y[b]) / 2 - centreY;
        double length = Math.sqrt(towardsX * towardsX + towardsY * towardsY);
        double share = Math.max(0, 1 - (2.6 * radius + 12) * Math.sqrt(ringDistance(a, b) - 1) / length);
        canvas.curve(
                x[a], y[a], centreX + towardsX * share, centreY + towardsY * share, x[b], y[b], width, colour, opacity);
    }

    private int ringDistance(int a, int b) {
        int apart = Math.abs(a - b);
        return Math.min(apart, graph.nodes() - apart);
    }

    /** Whether a link of a small world was rewired: it leads further than the ring would. */
    private boolean isShortcut(int a, int b) {
        if (!(topology.spec() instanceof OverlaySpec.SmallWorld small)) {
            return false;
        }
        return ringDistance(a, b) > small.degree() / 2;
    }

    private long shortcuts() {
        if (!(topology.spec() instanceof OverlaySpec.SmallWorld)) {
            return 0;
        }
        return IntStream.range(0, graph.nodes())
                .mapToLong(node -> IntStream.range(0, graph.degree(node))
                        .map(i -> graph.neighbour(node, i))
                        .filter(other -> other > node && isShortcut(node, other))
                        .count())
                .sum();
    }

    private void nodes() {
        // Hubs last, so that nothing lies on them.
        int[] order = IntStream.range(0, graph.nodes())
                .boxed()
                .sorted(Comparator.comparingInt(graph::degree))
                .mapToInt(Integer::intValue)
                .toArray();
        double outline = radius < 4 ? 0.6 : 1.5;
        for (int node : order) {
            int degree = graph.degree(node);
            double r = degrees.radius(degree, radius);
            canvas.circle(x[node], y[node], r, degrees.colour(degree), Colours.PAPER, outline, note(node));
        }
        boolean isAround = layout.isRing() && graph.nodes() > 1 && radius < 11;
        for (int node : order) {
            if (isAround) {
                numberAround(node);
            } else {
                numberInside(node);
            }
        }
    }

    private String note(int node) {
        String address = topology.addresses().isEmpty()
                ? ""
                : ", " + topology.addresses().get(node);
        return "Node " + (node + 1) + address + ", " + count(graph.degree(node), "link");
    }

    private void numberInside(int node) {
        String number = Integer.toString(node + 1);
        int degree = graph.degree(node);
        double r = degrees.radius(degree, radius);
        double size = Math.min(LETTER_MAX, Math.min(1.1 * r, 1.7 * r / (DIGIT_WIDTH * number.length())));
        if (size >= LETTER_MIN) {
            int ink = Colours.inkOn(degrees.colour(degree));
            canvas.text(x[node], y[node] + 0.36 * size, size, true, Canvas.Anchor.MIDDLE, ink, number);
        }
    }

    private void numberAround(int node) {
        String last = Integer.toString(graph.nodes());
        double ring = (BOTTOM - TOP) / 2 - RADIUS_MAX - 10;
        double apart = 2 * Math.PI * ring / graph.nodes();
        int step = stepFor((DIGIT_WIDTH * last.length() + 0.5) * RING_LETTER / apart);
        if (node != 0 && ((node + 1) % step != 0 || ringDistance(node, 0) < step)) {
            return;
        }
        double angle = 2 * Math.PI * node / graph.nodes();
        double outside = radius * 1.3 + 3;
        double sin = Math.sin(angle);
        double cos = Math.cos(angle);
        // The number is centred on its ray, as far out as half its width and height demand.
        String number = Integer.toString(node + 1);
        double halfWidth = DIGIT_WIDTH * number.length() * RING_LETTER / 2;
        double out = outside + Math.abs(sin) * halfWidth + Math.abs(cos) * RING_LETTER * 0.36;
        canvas.text(
                x[node] + sin * out,
                y[node] - cos * out + 0.36 * RING_LETTER,
                RING_LETTER,
                false,
                Canvas.Anchor.MIDDLE,
                Colours.INK,
                number);
    }

    private static int stepFor(double crowding) {
        int step = 1;
        int[] factors = {2, 5, 10};
        int decade = 1;
        for (int i = 0; step < crowding; i++) {
            step = factors[i % 3] * decade;
            decade = i % 3 == 2 ? decade * 10 : decade;
        }
        return step;
    }
}
