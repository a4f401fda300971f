package dev.hearsay.cli.plot;

/** What the sizes and colours of the nodes mean, and how many there are of each: a histogram that is its own legend. */
final class Legend {

    private static final int ROWS_MAX = 10;
    private static final double ROW = 30;
    private static final double BAR_LEFT = 84;
    private static final double BAR_LENGTH = 110;

    private final Canvas canvas;
    private final double left;
    private final double top;
    private final Degrees degrees;
    private final double radius;
    private final long shortcuts;

    Legend(Canvas canvas, double left, double top, Degrees degrees, double radius, long shortcuts) {
        this.canvas = canvas;
        this.left = left;
        this.top = top;
        this.degrees = degrees;
        this.radius = Math.clamp(radius, 4, 11);
        this.shortcuts = shortcuts;
    }

    void draw() {
        text(0, 20, 14, true, Canvas.Anchor.START, Colours.INK, "Links per node");
        int each = Math.ceilDiv(degrees.most() - degrees.least() + 1, ROWS_MAX);
        int largest = 1;
        for (int from = degrees.least(); from <= degrees.most(); from += each) {
            largest = Math.max(largest, degrees.count(from, last(from, each)));
        }
        text(0, 40, 12, false, Canvas.Anchor.START, Colours.FAINT_INK, "and how many nodes have that many");
        double y = 74;
        for (int from = degrees.least(); from <= degrees.most(); from += each) {
            int to = last(from, each);
            row(y, from, to, degrees.count(from, to), largest);
            y += ROW;
        }
        if (shortcuts > 0) {
            y += 20;
            canvas.line(left, top + y - 4, left + 40, top + y - 4, 2, Colours.ORANGE, 1);
            String text = shortcuts + (shortcuts == 1 ? " link leads" : " links lead") + " across the ring";
            text(52, y, 13, false, Canvas.Anchor.START, Colours.INK, text);
        }
    }

    private int last(int from, int each) {
        return Math.min(from + each - 1, degrees.most());
    }

    private void row(double y, int from, int to, int count, int largest) {
        double middle = (from + to) / 2.0;
        int colour = degrees.colour(middle);
        canvas.circle(left + 14, top + y - 5, degrees.radius(middle, radius), colour, Colours.PAPER, 1, "");
        String label = from == to ? Integer.toString(from) : from + "–" + to;
        text(74, y, 13, false, Canvas.Anchor.END, Colours.INK, label);
        double length = BAR_LENGTH * count / largest;
        if (count > 0) {
            canvas.rectangle(left + BAR_LEFT, top + y - 13, Math.max(1.5, length), 16, colour);
        }
        text(BAR_LEFT + length + 8, y, 13, false, Canvas.Anchor.START, Colours.FAINT_INK, Integer.toString(count));
    }

    private void text(double x, double y, double size, boolean isBold, Canvas.Anchor anchor, int colour, String text) {
        canvas.text(left + x, top + y, size, isBold, anchor, colour, text);
    }
}
