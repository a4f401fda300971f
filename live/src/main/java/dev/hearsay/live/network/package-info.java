/**
 * What is on disk about a live network: {@link dev.hearsay.live.network.NetworkFile} describes it, {@link
 * dev.hearsay.live.network.HostFile} names a process that runs nodes of it, {@link
 * dev.hearsay.live.network.NetworkDirectory} finds, reads and writes both.
 * A network with seeds has a {@link dev.hearsay.live.network.SeededDirectory} beside, which people see.
 *
 * <p>Imports core, wire and {@code live.profile}. Knows nothing of Vert.x, so a command that only looks stays quick.
 */
@NullMarked
package dev.hearsay.live.network;

import org.jspecify.annotations.NullMarked;
