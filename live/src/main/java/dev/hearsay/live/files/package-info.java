/**
 * Files that people write. {@link dev.hearsay.live.files.TextFile} is all there is.
 *
 * <p>Imports nothing.
 */
@NullMarked
package dev.hearsay.live.files;

import org.jspecify.annotations.NullMarked;
