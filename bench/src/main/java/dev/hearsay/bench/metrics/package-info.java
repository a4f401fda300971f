/**
 * What counting costs a node, and what a network sends when nothing happens: {@link dev.hearsay.bench.metrics.Metrics} is the section.
 */
@NullMarked
package dev.hearsay.bench.metrics;

import org.jspecify.annotations.NullMarked;
