/**
 * What a node has counted: {@link dev.hearsay.live.metrics.NodeMetrics} hears the node's events and writes them down for
 * Prometheus, {@code Reading} is what is looked up when somebody asks. Names, units and meanings stand in docs/metrics.md.
 *
 * <p>Imports Micrometer, core, and the live node and transport.
 */
@NullMarked
package dev.hearsay.live.metrics;

import org.jspecify.annotations.NullMarked;
