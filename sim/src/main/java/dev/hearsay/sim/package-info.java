/**
 * The deterministic simulator: a queue of events, a model of the network, faults, checkers and traces. One random seed
 * decides everything that happens in it.
 *
 * <p>Imports core and {@code java.base}, and of the latter no thread, clock or ambient randomness, as in core itself:
 * many runs are spread over processors by the caller.
 */
@NullMarked
package dev.hearsay.sim;

import org.jspecify.annotations.NullMarked;
