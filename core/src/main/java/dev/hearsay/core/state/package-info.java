/**
 * Key/value state that all nodes come to have: the last writer wins.
 *
 * <p>Imports the vocabulary.
 */
@NullMarked
package dev.hearsay.core.state;

import org.jspecify.annotations.NullMarked;
