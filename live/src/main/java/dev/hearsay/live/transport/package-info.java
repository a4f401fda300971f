/**
 * How messages get from node to node. {@link dev.hearsay.live.transport.Transport} is what a driver sees; {@link
 * dev.hearsay.live.transport.HttpTransport} sends batches over HTTP and {@link dev.hearsay.live.transport.TcpTransport} lines over
 * TCP, and both serve the node's pages; {@link dev.hearsay.live.transport.Link} is what their links have in common; {@link
 * dev.hearsay.live.transport.Outbox} bounds what waits for a slow or absent node.
 *
 * <p>Imports core, wire, {@code live.loop}, {@code live.http}, {@code live.memory}, Vert.x and Netty.
 */
@NullMarked
package dev.hearsay.live.transport;

import org.jspecify.annotations.NullMarked;
