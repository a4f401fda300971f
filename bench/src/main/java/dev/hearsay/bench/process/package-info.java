/**
 * Processes, started and looked at from outside.
 */
@NullMarked
package dev.hearsay.bench.process;

import org.jspecify.annotations.NullMarked;
