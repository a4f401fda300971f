package dev.hearsay.live.fault;

import dev.hearsay.core.NodeId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which messages a fault is about.
 *
 * @param from their senders; empty for all nodes
 * @param to whom they are for; empty for all nodes
 * @param isBothWays whether those from the latter to the former are meant as well
 */
public record TrafficSelector(Set<NodeId> from, Set<NodeId> to, boolean isBothWays) {

    /** All messages between nodes. */
    public static final TrafficSelector ALL = new TrafficSelector(Set.of(), Set.of(), false);

    public TrafficSelector {
        from = Collections.unmodifiableSet(new LinkedHashSet<>(from));
        to = Collections.unmodifiableSet(new LinkedHashSet<>(to));
        if (from.size() == 1 && from.equals(to)) {
            throw new IllegalArgumentException("a node has no link to itself");
        }
        if (isBothWays && from.isEmpty()) {
            throw new IllegalArgumentException("both ways needs nodes on one side at least");
        }
        if (isBothWays && from.stream().anyMatch(to::contains)) {
            throw new IllegalArgumentException("a node cannot be on both sides");
        }
    }

    /** Whether a message of this sender to this node is meant. What a node tells itself never is. */
    boolean has(NodeId sender, NodeId receiver) {
        return !sender.equals(receiver) && (isOneWay(sender, receiver) || (isBothWays && isOneWay(receiver, sender)));
    }

    private boolean isOneWay(NodeId sender, NodeId receiver) {
        return (from.isEmpty() || from.contains(sender)) && (to.isEmpty() || to.contains(receiver));
    }

    /** Whether it has messages that this node sends or is sent. */
    boolean touches(NodeId node) {
        return from.isEmpty() || to.isEmpty() || from.contains(node) || to.contains(node);
    }

    /** As a clause: {@code from 3 to 5}. */
    String words(Function<NodeId, String> name) {
        if (isBothWays) {
            return to.isEmpty()
                    ? "to and from " + list(from, name)
                    : "between " + list(from, name) + " and " + list(to, name);
        }
        if (from.isEmpty() && to.isEmpty()) {
            return "everywhere";
        }
        return (from.isEmpty() ? "" : "from " + list(from, name))
                + (from.isEmpty() || to.isEmpty() ? "" : " ")
                + (to.isEmpty() ? "" : "to " + list(to, name));
    }

    static String list(Set<NodeId> nodes, Function<NodeId, String> name) {
        return nodes.stream().map(name).collect(Collectors.joining(","));
    }
}
