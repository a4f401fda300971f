/**
 * What is recorded of the network that is shown, for browsers: how much is kept, and the file of it; or what is in the recording that is shown, and whether it can be
 * verified.
 *
 * <p>Begin with {@link dev.hearsay.web.recordings.RecordingRequests}; {@link dev.hearsay.web.recordings.RecordingAccess} says where it comes from.
 *
 * <p>Imports core, wire, sim (spans as people write them), live and web.http.
 */
@NullMarked
package dev.hearsay.web.recordings;

import org.jspecify.annotations.NullMarked;
