/**
 * Nodes in the real world: hosts that drive the protocol on event loops, the transports between them, the durable
 * store, the HTTP interface of a node, its log and its metrics.
 *
 * <p>Imports core and wire, Vert.x, SQLite, SLF4J and Micrometer. A node lives on one event loop and never blocks it.
 */
@NullMarked
package dev.hearsay.live;

import org.jspecify.annotations.NullMarked;
