/**
 * The dashboard: one process that watches the nodes of a network over HTTP and shows it to any number of browsers.
 *
 * <p>Begin with {@link dev.hearsay.web.Dashboard}, then {@code NetworkPicture}, which is what is known of the network now and, in its
 * {@code Journal} and {@code History}, what was before, and {@code Updates}, which tells browsers what has changed in it. Everything runs on one event loop.
 *
 * <p>Imports core, wire, live and Vert.x.
 */
@NullMarked
package dev.hearsay.web;

import org.jspecify.annotations.NullMarked;
