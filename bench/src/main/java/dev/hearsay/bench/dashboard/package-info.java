/**
 * What it costs to be watched, and how well one sees: {@link dev.hearsay.bench.dashboard.DashboardSection} is the section.
 */
@NullMarked
package dev.hearsay.bench.dashboard;

import org.jspecify.annotations.NullMarked;
