/**
 * How messages look on a wire: {@link dev.hearsay.wire.MessageJson} turns a {@code Message} into JSON and back, {@link
 * dev.hearsay.wire.TraceJson} does so with events, and both say what is wrong with what a stranger sent. {@link
 * dev.hearsay.wire.LineAnswer} is what a node says to those that send it lines, {@link
 * dev.hearsay.wire.JsonObject} is for everything that is read seldom.
 *
 * <p>Imports core and Jackson's streaming parser; knows of no socket.
 */
@NullMarked
package dev.hearsay.wire;

import org.jspecify.annotations.NullMarked;
