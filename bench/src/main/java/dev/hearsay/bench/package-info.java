/**
 * Benchmarks: of single parts with JMH, and of whole networks beside other gossip libraries on the same machine.
 *
 * <p>May import every module; not part of the program that users start.
 */
@NullMarked
package dev.hearsay.bench;

import org.jspecify.annotations.NullMarked;
