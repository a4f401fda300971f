/**
 * The vocabulary of the protocol: what goes into a node, what comes out of it, and the words both are made of.
 *
 * <p>Read {@link dev.hearsay.core.Input} and {@link dev.hearsay.core.Effects} first: together they are the one entrance and the one exit of
 * a node. What goes through them is sealed per protocol, and each protocol has one file that is its manual: begin with {@link
 * dev.hearsay.core.RumorProtocol} and {@link dev.hearsay.core.AntiEntropyProtocol}. The node itself is in {@code dev.hearsay.core.node}.
 *
 * <p>Imports {@code java.base} only, and of it neither clocks, threads, sockets, reflection nor JDK random generators:
 * whatever a node needs of the outside is handed in through {@link dev.hearsay.core.Context}.
 */
@NullMarked
package dev.hearsay.core;

import org.jspecify.annotations.NullMarked;
