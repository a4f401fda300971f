/**
 * The command {@code gossip}. Read {@link dev.hearsay.cli.Main} first: it holds the list of subcommands.
 *
 * <p>May import every other module; none imports this one.
 */
@NullMarked
package dev.hearsay.cli;

import org.jspecify.annotations.NullMarked;
