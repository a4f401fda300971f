/**
 * Event loops: {@link dev.hearsay.live.loop.Loop} is where a node lives, {@link dev.hearsay.live.loop.Loops} are those of a
 * process.
 *
 * <p>Imports Vert.x.
 */
@NullMarked
package dev.hearsay.live.loop;

import org.jspecify.annotations.NullMarked;
