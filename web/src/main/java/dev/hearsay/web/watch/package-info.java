/**
 * Watches the nodes of a network over HTTP and keeps what is known of it.
 *
 * <p>Begin with {@link dev.hearsay.web.watch.NetworkWatch}; a {@code NodeFollower} follows the events of one node, and {@link
 * dev.hearsay.web.watch.NodeClient} makes the requests.
 *
 * <p>Imports core, wire, live, web.picture and web.members.
 */
@NullMarked
package dev.hearsay.web.watch;

import org.jspecify.annotations.NullMarked;
