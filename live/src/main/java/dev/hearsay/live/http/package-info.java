/**
 * What everything that speaks HTTP here has in common: {@link dev.hearsay.live.http.RequestBody} reads a body without ever
 * keeping more of it than allowed, {@link dev.hearsay.live.http.Problem} is an error as the receiver sees it.
 *
 * <p>Imports wire, {@code live.memory} and Vert.x.
 */
@NullMarked
package dev.hearsay.live.http;

import org.jspecify.annotations.NullMarked;
