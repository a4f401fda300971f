/**
 * Who is in: everybody who is on the list ({@link dev.hearsay.core.membership.StaticMembership}), or whom a quorum of seeds has certified. Read
 * {@link dev.hearsay.core.membership.PeerList}, then {@link dev.hearsay.core.membership.SeedRegistry} for a seed's part and {@link
 * dev.hearsay.core.membership.Registration} for a peer's.
 *
 * <p>Imports the vocabulary and {@code core.math}.
 */
@NullMarked
package dev.hearsay.core.membership;

import org.jspecify.annotations.NullMarked;
