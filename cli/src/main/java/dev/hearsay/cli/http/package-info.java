/**
 * How commands talk to nodes and hosts. {@link dev.hearsay.cli.http.HttpCall} is one request, {@link
 * dev.hearsay.cli.http.EventStream} the signals of a node as they happen.
 *
 * <p>Built on {@code HttpURLConnection}: of all clients it starts quickest, and commands are short. Imports wire and the
 * base package.
 */
@NullMarked
package dev.hearsay.cli.http;

import org.jspecify.annotations.NullMarked;
