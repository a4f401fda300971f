package dev.hearsay.core.overlay;

/**
 * A connected overlay.
 *
 * @param addedLinks how many links were added because what was drawn fell apart; 0 nearly always
 */
public record Overlay(OverlaySpec spec, Graph graph, int addedLinks) {

    /** What to tell people about a repair; empty if there was none. */
    public String repairNote() {
        return addedLinks == 0
                ? ""
                : spec + " fell apart into " + (addedLinks + 1) + " pieces; " + addedLinks
                        + (addedLinks == 1 ? " link was" : " links were") + " added to connect them";
    }
}
