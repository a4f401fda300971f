/**
 * How a rumor travels. {@link dev.hearsay.core.spread.Spreading} passes it on at once, {@link
 * dev.hearsay.core.spread.AntiEntropy} finds what got lost, and both write to one {@link
 * dev.hearsay.core.spread.RumorLog}.
 *
 * <p>Imports the vocabulary and {@code core.math}.
 */
@NullMarked
package dev.hearsay.core.spread;

import org.jspecify.annotations.NullMarked;
