/**
 * Nodes in the real world: hosts that drive the protocol on event loops, the transports between them, the durable
 * store, the HTTP interface of a node, its log.
 *
 * <p>{@code host} starts and stops nodes; {@code node} drives one; {@code transport} carries its messages; {@code store}
 * keeps its facts; {@code api} shows it to people; {@code fault} is what goes wrong on purpose; {@code
 * recording} keeps what nodes live through, and {@code replay} steps it again; {@code network} is what lies on disk about a network; {@code loop},
 * {@code http} and {@code memory} are what the others stand on. Imports core and wire, Vert.x, SQLite and SLF4J. A node lives on one event loop
 * and never blocks it.
 */
@NullMarked
package dev.hearsay.live;

import org.jspecify.annotations.NullMarked;
