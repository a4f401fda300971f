/**
 * Processes that run nodes. Read {@link dev.hearsay.live.host.HostOptions}, what a host is told; {@link
 * dev.hearsay.live.host.Host}, which starts the nodes and stops them; {@link dev.hearsay.live.host.HostedNode}, the
 * handle of one node.
 *
 * <p>Imports core, wire, the other packages of live, Vert.x and SLF4J.
 */
@NullMarked
package dev.hearsay.live.host;

import org.jspecify.annotations.NullMarked;
