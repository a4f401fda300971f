/**
 * What a node shows to people and their programs, over HTTP: {@link dev.hearsay.live.api.NodeApi} has the routes, {@link
 * dev.hearsay.live.api.EventStream} is the one that never ends.
 *
 * <p>Imports core, wire, {@code live.node}, {@code live.fault}, {@code live.http}, {@code live.transport} and Vert.x.
 */
@NullMarked
package dev.hearsay.live.api;

import org.jspecify.annotations.NullMarked;
