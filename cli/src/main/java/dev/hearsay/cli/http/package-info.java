/**
 * How commands talk to nodes and hosts. {@link dev.hearsay.cli.http.HttpCall} is one request, {@link
 * dev.hearsay.cli.http.EventStreamReader} the events of a node as they happen.
 *
 * <p>Both are an {@code HttpStream} of our own: it starts more quickly than any client, and commands are short. Imports wire, live and
 * the base package.
 */
@NullMarked
package dev.hearsay.cli.http;

import org.jspecify.annotations.NullMarked;
