/**
 * Recordings, stepped again: {@link dev.hearsay.live.replay.Verification} takes the lines of a recording, lets every life live once more without sockets, clock or
 * keys, and says whether it told and sent the same.
 *
 * <p>Imports core, wire, {@code live.recording} and {@code live.node}.
 */
@NullMarked
package dev.hearsay.live.replay;

import org.jspecify.annotations.NullMarked;
