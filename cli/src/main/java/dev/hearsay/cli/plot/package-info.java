/**
 * Pictures of topologies. {@link dev.hearsay.cli.plot.Topology} is what is drawn, {@link
 * dev.hearsay.cli.plot.TopologyFile} writes it as SVG, PNG, DOT or GraphML, {@code Layout} decides where the nodes stand.
 *
 * <p>Imports core, Java2D for PNG, and JGraphT for the graph formats.
 */
@NullMarked
package dev.hearsay.cli.plot;

import org.jspecify.annotations.NullMarked;
