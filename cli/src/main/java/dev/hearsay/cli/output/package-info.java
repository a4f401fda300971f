/**
 * How commands show data: a {@link dev.hearsay.cli.output.Report} is printed in one of the {@link
 * dev.hearsay.cli.output.Format}s. {@link dev.hearsay.cli.output.Plain} makes text of strangers safe for a terminal.
 *
 * <p>Imports wire's JSON writer only.
 */
@NullMarked
package dev.hearsay.cli.output;

import org.jspecify.annotations.NullMarked;
