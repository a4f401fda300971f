package dev.hearsay.cli.plot;

import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import java.util.List;

/**
 * What a picture shows.
 *
 * @param graph the links; its node i is shown as i + 1
 * @param addresses where each node listens; empty if they are nowhere
 * @param randomSeed what the overlay was drawn with, and the layout is
 */
public record Topology(OverlaySpec spec, Graph graph, List<String> addresses, long randomSeed) {}
