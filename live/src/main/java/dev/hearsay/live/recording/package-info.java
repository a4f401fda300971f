/**
 * What nodes live through, kept so that it can be watched and stepped again. {@link dev.hearsay.live.recording.Recorder} keeps the last of it in memory for a
 * whole process, a {@link dev.hearsay.live.recording.NodeJournal} for each life of a node; {@link dev.hearsay.live.recording.RecordingFile} writes it down.
 *
 * <p>Imports core and wire, nothing of live.
 */
@NullMarked
package dev.hearsay.live.recording;

import org.jspecify.annotations.NullMarked;
