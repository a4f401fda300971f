/**
 * What the users of the two peer networks know: {@link dev.hearsay.live.profile.SeedConfig} reads their {@code config.txt}, and the
 * {@link dev.hearsay.live.profile.LogLayout}s render events as the lines of their logs, which {@link
 * dev.hearsay.live.profile.LogFiles} append to their files.
 *
 * <p>Imports core's vocabulary and the JDK.
 */
@NullMarked
package dev.hearsay.live.profile;

import org.jspecify.annotations.NullMarked;
