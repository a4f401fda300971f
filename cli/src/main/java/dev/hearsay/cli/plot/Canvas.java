package dev.hearsay.cli.plot;

/** What a picture is drawn on. Lengths are in pixels from the upper left corner, colours are 0xRRGGBB. */
interface Canvas {

    /** Which end of a text stands at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void line(double x1, double y1, double x2, double y2, double width, int colour, double opacity);

    /**
     * A disc.
     *
     * @param note what a viewer may show about it; empty for nothing
     */
    void circle(double x, double y, double radius, int fill, int outline, double outlineWidth, String note);

    /** A line that is drawn towards a point: a quadratic Bézier curve. */
    void curve(
            double x1,
            double y1,
            double towardsX,
            double towardsY,
            double x2,
            double y2,
            double width,
            int colour,
            double opacity);

    void rectangle(double x, double y, double width, double height, int fill);

    /**
     * A line of text.
     *
     * @param y of its base line
     */
    void text(double x, double y, double size, boolean isBold, Anchor anchor, int colour, String text);
}
