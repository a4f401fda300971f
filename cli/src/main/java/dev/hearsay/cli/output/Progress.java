package dev.hearsay.cli.output;

import java.io.PrintStream;

/** One line that says how far something is. On a terminal it is redrawn; elsewhere only what it begins with is printed. */
public final class Progress implements AutoCloseable {

    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final long FRAME_NANOS = 80_000_000;
    private static final String ERASE_LINE = "\r\u001B[K";

    private final PrintStream err;
    private final boolean isAnimated;
    private final long startedNanos = System.nanoTime();
    private long drawnNanos = startedNanos - FRAME_NANOS;
    private boolean isDrawn;
    private boolean isSaid;
    private String line = "";

    public Progress(PrintStream err, boolean isAnimated) {
        this.err = err;
        this.isAnimated = isAnimated;
    }

    /** Shows the line, unless it was redrawn a moment ago. */
    public void show(String line) {
        if (!isAnimated && !isSaid) {
            isSaid = true;
            err.println(line);
            err.flush();
        }
        animate(line);
    }

    /** As {@link #show}, but shows nothing at all where there is no terminal. */
    public void animate(String newLine) {
        if (!isAnimated) {
            return;
        }
        line = newLine;
        long now = System.nanoTime();
        if (now - drawnNanos >= FRAME_NANOS) {
            drawnNanos = now;
            isDrawn = true;
            String frame = FRAMES[(int) ((now - startedNanos) / FRAME_NANOS % FRAMES.length)];
            err.print(ERASE_LINE + frame + " " + line);
            err.flush();
        }
    }

    /** Redraws the line that is shown, so that it is seen to be alive. */
    public void tick() {
        if (!line.isEmpty()) {
            animate(line);
        }
    }

    /** A bar of so many columns, of which a share from 0 to 1 is filled. */
    public static String bar(double share, int columns) {
        int eighths = (int) Math.round(Math.clamp(share, 0, 1) * columns * 8);
        StringBuilder bar = new StringBuilder(columns);
        bar.repeat('█', eighths / 8);
        if (eighths % 8 > 0) {
            bar.append((char) ('█' + 8 - eighths % 8));
        }
        return bar.repeat('░', columns - bar.length()).toString();
    }

    @Override
    public void close() {
        erase();
    }

    /** Takes the line away; showing it again is possible. */
    public void erase() {
        line = "";
        if (isDrawn) {
            isDrawn = false;
            err.print(ERASE_LINE);
            err.flush();
        }
    }
}
