/**
 * What goes wrong on purpose. {@link dev.hearsay.live.fault.LiveFault} is what can; {@link dev.hearsay.live.fault.FaultOrder} is one with its id
 * and its time, as it goes to every host that it touches; {@link dev.hearsay.live.fault.FaultTransport} does it to messages, at their
 * sender. What is done to nodes is up to their host.
 *
 * <p>Imports core, wire, {@code live.http}, {@code live.loop}, {@code live.transport}, Vert.x and SLF4J.
 */
@NullMarked
package dev.hearsay.live.fault;

import org.jspecify.annotations.NullMarked;
