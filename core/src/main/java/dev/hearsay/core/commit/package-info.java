/**
 * Which versions every member has. Versions travel as rumors do ({@link dev.hearsay.core.Origin#VERSIONS}); what is here is who has them, as each node
 * learns it from the others.
 *
 * <p>Imports the vocabulary and {@code core.math}.
 */
@NullMarked
package dev.hearsay.core.commit;

import org.jspecify.annotations.NullMarked;
