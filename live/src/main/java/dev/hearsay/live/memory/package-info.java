/**
 * How much of the heap may be taken by what nodes keep: {@link dev.hearsay.live.memory.MemoryBudget} divides it, {@link dev.hearsay.live.memory.Payloads} shares
 * large payloads and values among the nodes of a process, and leaves the oldest to the store.
 *
 * <p>Imports core.
 */
@NullMarked
package dev.hearsay.live.memory;

import org.jspecify.annotations.NullMarked;
