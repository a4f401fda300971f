/**
 * How messages look on a wire: {@code Message} to bytes and back, as JSON lines and as a binary form, and the limits on
 * what is accepted from a stranger.
 *
 * <p>Imports core and Jackson's streaming parser; knows of no socket.
 */
@NullMarked
package dev.hearsay.wire;

import org.jspecify.annotations.NullMarked;
