/**
 * Who died. {@link dev.hearsay.core.detect.Heartbeats} watches the neighbours; in a network with seeds {@link
 * dev.hearsay.core.detect.Suspicions} lets the neighbours of a silent peer decide together whether to report it.
 *
 * <p>Imports the vocabulary and {@code core.math}.
 */
@NullMarked
package dev.hearsay.core.detect;

import org.jspecify.annotations.NullMarked;
