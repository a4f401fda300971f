/**
 * One live node. {@link dev.hearsay.live.node.NodeDriver} feeds the protocol's node and carries out what it wants; {@link
 * dev.hearsay.live.node.EventRing} keeps what happened last, for whoever looks; {@link dev.hearsay.live.node.EventText} says
 * lines of a log.
 *
 * <p>Imports core, {@code live.loop}, {@code live.store}, {@code live.transport} and Vert.x' futures.
 */
@NullMarked
package dev.hearsay.live.node;

import org.jspecify.annotations.NullMarked;
