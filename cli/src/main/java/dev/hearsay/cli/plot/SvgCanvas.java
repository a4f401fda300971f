package dev.hearsay.cli.plot;

import java.util.Locale;

/** Draws as SVG. */
final class SvgCanvas implements Canvas {

    private final StringBuilder svg = new StringBuilder();
    private String openGroup = "";

    SvgCanvas(int width, int height, String title) {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" font-family=\""
                + "system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif\">\n");
        svg.append("<title>").append(escape(title)).append("</title>\n");
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, double width, int colour, double opacity) {
        path("M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2), width, colour, opacity);
    }

    @Override
    public void curve(
            double x1,
            double y1,
            double towardsX,
            double towardsY,
            double x2,
            double y2,
            double width,
            int colour,
            double opacity) {
        String way = "M" + number(x1) + " " + number(y1) + "Q" + number(towardsX) + " " + number(towardsY) + " "
                + number(x2) + " " + number(y2);
        path(way, width, colour, opacity);
    }

    private void path(String way, double width, int colour, double opacity) {
        // Links come by the thousand: what they share is said once.
        group("<g fill=\"none\" stroke=\"" + hex(colour) + "\" stroke-width=\"" + number(width) + "\" stroke-opacity=\""
                + number(opacity) + "\" stroke-linecap=\"round\">");
        svg.append("<path d=\"" + way + "\"/>\n");
    }

    @Override
    public void circle(double x, double y, double radius, int fill, int outline, double outlineWidth, String note) {
        group("<g stroke=\"" + hex(outline) + "\" stroke-width=\"" + number(outlineWidth) + "\">");
        svg.append("<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"" + number(radius) + "\" fill=\""
                + hex(fill) + "\"");
        svg.append(note.isEmpty() ? "/>\n" : "><title>" + escape(note) + "</title></circle>\n");
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int fill) {
        group("");
        svg.append("<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\""
                + number(height) + "\" fill=\"" + hex(fill) + "\"/>\n");
    }

    @Override
    public void text(double x, double y, double size, boolean isBold, Anchor anchor, int colour, String text) {
        String place = switch (anchor) {
            case START -> "start";
            case MIDDLE -> "middle";
            case END -> "end";
        };
        // The pointer is to find the node behind its number.
        group("<g pointer-events=\"none\">");
        svg.append("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + number(size)
                + "\" text-anchor=\"" + place + "\" fill=\"" + hex(colour) + "\""
                + (isBold ? " font-weight=\"600\"" : "") + ">" + escape(text) + "</text>\n");
    }

    private void group(String opening) {
        if (!opening.equals(openGroup)) {
            svg.append(openGroup.isEmpty() ? "" : "</g>\n");
            svg.append(opening).append(opening.isEmpty() ? "" : "\n");
            openGroup = opening;
        }
    }

    /** The whole document. */
    String finish() {
        group("");
        return svg.append("</svg>\n").toString();
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static String hex(int colour) {
        return String.format(Locale.ROOT, "#%06X", colour);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
