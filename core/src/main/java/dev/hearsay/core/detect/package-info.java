/**
 * Who died. {@link dev.hearsay.core.detect.Heartbeats} watches the neighbours.
 *
 * <p>Imports the vocabulary only.
 */
@NullMarked
package dev.hearsay.core.detect;

import org.jspecify.annotations.NullMarked;
