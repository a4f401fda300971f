/**
 * What goes into logs, and how: {@link dev.hearsay.live.log.RateLimit} keeps what strangers can cause from filling them, {@link
 * dev.hearsay.live.log.AppendedFile} is one.
 *
 * <p>Imports live.keys.
 */
@NullMarked
package dev.hearsay.live.log;

import org.jspecify.annotations.NullMarked;
