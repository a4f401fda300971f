/**
 * The commands that run a network and talk to its nodes. {@link dev.hearsay.cli.network.LiveNetwork} finds the network that
 * a command means; {@code StartNetwork} is where to begin reading commands.
 *
 * <p>Imports live's description of networks on disk; only the hidden command {@code host} touches the nodes themselves. Networks with seeds begin
 * in {@code SeededStart}, with options of {@code dev.hearsay.cli.seeded}.
 */
@NullMarked
package dev.hearsay.cli.network;

import org.jspecify.annotations.NullMarked;
