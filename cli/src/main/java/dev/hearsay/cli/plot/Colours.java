package dev.hearsay.cli.plot;

/** Colours that people with any kind of colour vision can tell apart. */
final class Colours {

    static final int PAPER = 0xFFFFFF;
    static final int INK = 0x1F2933;
    static final int FAINT_INK = 0x5B6770;
    static final int LINK = 0x7B8794;

    /** Of Okabe and Ito, <i>Color universal design</i>, 2008. */
    static final int BLUE = 0x0072B2;

    static final int ORANGE = 0xE69F00;

    /**
     * Steps of cividis, from few to many (Nuñez, Anderton, Renslow, <i>Optimizing colormaps with consideration for color
     * vision deficiency</i>, PLoS ONE 2018), without its darkest and its palest end.
     */
    private static final int[] CIVIDIS = {
        0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55, 0xFDE334
    };

    private Colours() {}

    /** The colour of a share from 0 to 1. */
    static int cividis(double share) {
        double at = Math.clamp(share, 0, 1) * (CIVIDIS.length - 1);
        int low = (int) Math.min(at, CIVIDIS.length - 2);
        return between(CIVIDIS[low], CIVIDIS[low + 1], at - low);
    }

    private static int between(int from, int to, double share) {
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            colour = colour << 8 | (int) Math.round(a + (b - a) * share);
        }
        return colour;
    }

    /** Black or white, whichever can be read on the colour. */
    static int inkOn(int colour) {
        double luminance = 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
        return luminance > 0.19 ? INK : PAPER;
    }

    /** As the Web Content Accessibility Guidelines define relative luminance. */
    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
