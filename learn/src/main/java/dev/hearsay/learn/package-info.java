/**
 * The third driver of the engine: step by step. {@link dev.hearsay.learn.Engine} is what a page calls when all of this is JavaScript. May import core,
 * sim and wire; no clock, thread, file or ambient randomness.
 */
@NullMarked
package dev.hearsay.learn;

import org.jspecify.annotations.NullMarked;
