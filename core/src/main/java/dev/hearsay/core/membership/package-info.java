/**
 * Who is in. {@link dev.hearsay.core.membership.StaticMembership}: everybody who is on the list.
 *
 * <p>Imports the vocabulary only.
 */
@NullMarked
package dev.hearsay.core.membership;

import org.jspecify.annotations.NullMarked;
