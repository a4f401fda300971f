/**
 * {@code gossip check-network}: six stages of checks against real processes. A {@link dev.hearsay.cli.check.Stage} says which network it needs and what
 * must hold of it; {@link dev.hearsay.cli.check.TestNetwork} starts that network, watches and hurts it; a {@link dev.hearsay.cli.check.HandmadePeer} is a peer
 * made by hand, which keeps no rules.
 *
 * <p>Imports the launch of networks from {@code dev.hearsay.cli.network} and {@code dev.hearsay.cli.launch}, and live, wire and core.
 */
@NullMarked
package dev.hearsay.cli.check;

import org.jspecify.annotations.NullMarked;
