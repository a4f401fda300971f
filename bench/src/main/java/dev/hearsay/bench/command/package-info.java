/**
 * The command {@code gossip}, run as people run it and measured from outside. Read {@link dev.hearsay.bench.command.Cli} first.
 */
@NullMarked
package dev.hearsay.bench.command;

import org.jspecify.annotations.NullMarked;
