/**
 * What every command stands on: {@link dev.hearsay.cli.base.GossipCommand}, the {@link dev.hearsay.cli.base.Console} it
 * talks through, and the {@link dev.hearsay.cli.base.Failure} it ends with when something is wrong.
 *
 * <p>Imports picocli, and sim for the one way in which durations are read.
 */
@NullMarked
package dev.hearsay.cli.base;

import org.jspecify.annotations.NullMarked;
