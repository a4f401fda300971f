/** What happened, in words for people. May import the vocabulary and {@code core.math}. */
@NullMarked
package dev.hearsay.core.text;

import org.jspecify.annotations.NullMarked;
