/**
 * The command {@code simulate}: {@link dev.hearsay.cli.simulate.Simulate} turns its options into a spec, {@code Study}
 * spreads the runs over the processors.
 *
 * <p>Imports sim, and the base and output packages.
 */
@NullMarked
package dev.hearsay.cli.simulate;

import org.jspecify.annotations.NullMarked;
