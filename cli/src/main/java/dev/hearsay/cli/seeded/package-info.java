/**
 * Peers and seeds that run in the foreground, and what can be chosen about them. {@link dev.hearsay.cli.seeded.SeededOptions} are the options that
 * all their commands share; {@code PeerCommand} is where to begin reading.
 *
 * <p>Imports live, wire and core.
 */
@NullMarked
package dev.hearsay.cli.seeded;

import org.jspecify.annotations.NullMarked;
