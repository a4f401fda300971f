package dev.hearsay.cli.plot;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** Draws as PNG, by Java2D, in twice the resolution. */
final class PngCanvas implements Canvas {

    private static final int SCALE = 2;

    private final BufferedImage image;
    private final Graphics2D graphics;

    PngCanvas(int width, int height) {
        image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, double width, int colour, double opacity) {
        stroke(new Line2D.Double(x1, y1, x2, y2), width, colour, opacity);
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
        stroke(new QuadCurve2D.Double(x1, y1, towardsX, towardsY, x2, y2), width, colour, opacity);
    }

    private void stroke(Shape shape, double width, int colour, double opacity) {
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
        graphics.setColor(new Color(colour));
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    @Override
    public void circle(double x, double y, double radius, int fill, int outline, double outlineWidth, String note) {
        var circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
        graphics.setColor(new Color(fill));
        graphics.fill(circle);
        graphics.setColor(new Color(outline));
        graphics.setStroke(new BasicStroke((float) outlineWidth));
        graphics.draw(circle);
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int fill) {
        graphics.setColor(new Color(fill));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void text(double x, double y, double size, boolean isBold, Anchor anchor, int colour, String text) {
        graphics.setFont(new Font(Font.SANS_SERIF, isBold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size));
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        double left = switch (anchor) {
            case START -> x;
            case MIDDLE -> x - width / 2;
            case END -> x - width;
        };
        graphics.setColor(new Color(colour));
        graphics.drawString(text, (float) left, (float) y);
    }

    void write(OutputStream out) throws IOException {
        graphics.dispose();
        ImageIO.write(image, "png", out);
    }
}
