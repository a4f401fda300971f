/** How soon after its last delivery a version is known to be committed. */
@NullMarked
package dev.hearsay.bench.versions;

import org.jspecify.annotations.NullMarked;
