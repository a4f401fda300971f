/**
 * Lets things go wrong on behalf of a browser.
 *
 * <p>Begin with {@link dev.hearsay.web.faults.FaultRequests}; {@link dev.hearsay.web.faults.FaultAccess} says who carries orders out, and
 * {@link dev.hearsay.web.faults.FaultLine} which command does the same.
 *
 * <p>Imports core, wire, sim (spans, shares and delays as people write them), live, web.picture and web.http.
 */
@NullMarked
package dev.hearsay.web.faults;

import org.jspecify.annotations.NullMarked;
