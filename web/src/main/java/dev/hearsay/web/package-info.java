/**
 * The dashboard: one process that watches the nodes of a network over HTTP and shows it to any number of browsers.
 *
 * <p>Begin with {@link dev.hearsay.web.Dashboard}, which puts the parts together: {@code watch} follows the nodes and keeps the {@code picture},
 * which is what is known of the network now, and its {@code journal}, what was before; {@code members} is who belongs to it and why, {@code
 * faults} lets things go wrong. Everything runs on one event loop. {@link dev.hearsay.web.SingleFile} is the page Learn without any of that.
 *
 * <p>Imports core, wire, live, Vert.x and its own parts, which know each other one way only and never this package.
 */
@NullMarked
package dev.hearsay.web;

import org.jspecify.annotations.NullMarked;
