/**
 * What goes into logs: {@link dev.hearsay.live.log.RateLimit} keeps what strangers can cause from filling them.
 *
 * <p>Imports nothing.
 */
@NullMarked
package dev.hearsay.live.log;

import org.jspecify.annotations.NullMarked;
