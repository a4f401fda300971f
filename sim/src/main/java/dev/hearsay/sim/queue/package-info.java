/**
 * What happens next. {@link dev.hearsay.sim.queue.EventQueue} is the order of a simulation; {@link
 * dev.hearsay.sim.queue.CalendarQueue} is the one for scale, {@link dev.hearsay.sim.queue.HeapQueue} the simple one that it
 * is tested against.
 *
 * <p>Imports {@code java.base} only.
 */
@NullMarked
package dev.hearsay.sim.queue;

import org.jspecify.annotations.NullMarked;
