/**
 * A real browser for those who look at the page as people do: the tests of this module, and the benchmark of the dashboard.
 *
 * <p>Imports Playwright and nothing of ours, and is not part of the program.
 */
@NullMarked
package dev.hearsay.browser;

import org.jspecify.annotations.NullMarked;
