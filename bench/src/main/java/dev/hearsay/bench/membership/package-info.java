/**
 * What membership by quorum certificate costs, and how often it errs. Read {@link dev.hearsay.bench.membership.Membership} first.
 *
 * <p>Imports sim, live's keys, wire, and the report package.
 */
@NullMarked
package dev.hearsay.bench.membership;

import org.jspecify.annotations.NullMarked;
