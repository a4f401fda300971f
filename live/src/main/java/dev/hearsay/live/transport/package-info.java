/**
 * How messages get from node to node. {@link dev.hearsay.live.transport.Transport} is what a driver sees; {@link
 * dev.hearsay.live.transport.HttpTransport} is the one that people can talk to as well; {@link
 * dev.hearsay.live.transport.Outbox} bounds what waits for a slow or absent node.
 *
 * <p>Imports core, wire, {@code live.loop}, {@code live.http} and Vert.x.
 */
@NullMarked
package dev.hearsay.live.transport;

import org.jspecify.annotations.NullMarked;
