/**
 * What is on disk about a live network: {@link dev.hearsay.live.network.NetworkFile} describes it, {@link
 * dev.hearsay.live.network.HostFile} names a process that runs nodes of it, {@link
 * dev.hearsay.live.network.NetworkDirectory} finds, reads and writes both.
 *
 * <p>Imports core and wire. Knows nothing of Vert.x, so a command that only looks stays quick.
 */
@NullMarked
package dev.hearsay.live.network;

import org.jspecify.annotations.NullMarked;
