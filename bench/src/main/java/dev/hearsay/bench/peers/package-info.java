/**
 * Whole networks, side by side: other libraries and Hearsay, given the same work.
 *
 * <p>Read {@link dev.hearsay.bench.peers.Contender} first, what a system must offer to be measured; then {@link
 * dev.hearsay.bench.peers.Trial}, which measures one, in a JVM of its own.
 */
@NullMarked
package dev.hearsay.bench.peers;

import org.jspecify.annotations.NullMarked;
