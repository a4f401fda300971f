/**
 * Figures, as people and programs read them. Read {@link dev.hearsay.bench.report.Findings} first.
 *
 * <p>Imports Jackson's streams.
 */
@NullMarked
package dev.hearsay.bench.report;

import org.jspecify.annotations.NullMarked;
