package dev.hearsay.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Locale;

/** What somebody looks with: which colours they like, how large their screen is, and whether things may move on it. */
record Look(ColorScheme colours, int width, int height, boolean isStill) {

    static final List<ColorScheme> COLOURS = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
    static final Look DESK = new Look(ColorScheme.LIGHT, 1440, 900, false);
    static final Look TABLET = new Look(ColorScheme.LIGHT, 1024, 768, false);
    static final Look PHONE = new Look(ColorScheme.LIGHT, 390, 844, false);

    Look in(ColorScheme other) {
        return new Look(other, width, height, isStill);
    }

    Look still() {
        return new Look(colours, width, height, true);
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setColorScheme(colours)
                .setViewportSize(width, height)
                .setReducedMotion(isStill ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE);
    }

    /** For the name of a file. */
    @Override
    public String toString() {
        return width + "x" + height + "-" + colours.name().toLowerCase(Locale.ROOT);
    }
}
