/**
 * What is known of the network now, and the stream that tells browsers what changes in it.
 *
 * <p>Begin with {@link dev.hearsay.web.picture.NetworkModel}, which takes in the events of nodes, and {@link
 * dev.hearsay.web.picture.NodeModel}; {@link dev.hearsay.web.picture.Updates} gathers what has changed and tells it.
 *
 * <p>Imports core, wire, live, web.journal and web.http.
 */
@NullMarked
package dev.hearsay.web.picture;

import org.jspecify.annotations.NullMarked;
