/**
 * The node: {@link dev.hearsay.core.node.Node} wires the parts that {@link dev.hearsay.core.node.NodeSpec} asks for, and
 * has the one routing switch.
 *
 * <p>Imports all of core.
 */
@NullMarked
package dev.hearsay.core.node;

import org.jspecify.annotations.NullMarked;
