/**
 * Whom a node talks to. {@link dev.hearsay.core.overlay.OverlaySpec} names the overlays, {@link
 * dev.hearsay.core.overlay.Overlays} builds them, {@link dev.hearsay.core.overlay.LinkPolicy} keeps them together while nodes
 * come and go.
 *
 * <p>Imports the vocabulary only.
 */
@NullMarked
package dev.hearsay.core.overlay;

import org.jspecify.annotations.NullMarked;
