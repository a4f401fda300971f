/**
 * Pure tallies and formulas: no state of a protocol, nothing to mock. {@link dev.hearsay.core.math.Ranges} is how nodes
 * say which numbers they have; {@link dev.hearsay.core.math.Epidemics} holds the published formulas the simulator is
 * held against.
 *
 * <p>Imports nothing of the project.
 */
@NullMarked
package dev.hearsay.core.math;

import org.jspecify.annotations.NullMarked;
