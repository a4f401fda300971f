package dev.hearsay.live.fault;

import dev.hearsay.core.NodeId;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Something that goes wrong on purpose, on a network that runs. The words are those of {@code gossip simulate}. */
public sealed interface LiveFault {

    /** Longer than any network takes, and short enough that what is held back stays within its bounds. */
    long DELAY_NANOS_MAX = 60_000_000_000L;

    /** Messages that are lost: each with this probability. */
    record Loss(TrafficSelector traffic, double share) implements LiveFault {
        public Loss {
            demandShare(share);
        }
    }

    /** Messages that come twice: each with this probability. */
    record Duplicate(TrafficSelector traffic, double share) implements LiveFault {
        public Duplicate {
            demandShare(share);
        }
    }

    /** Messages that come later: each by a time drawn evenly from the least to the most, in nanoseconds. */
    record Delay(TrafficSelector traffic, long leastNanos, long mostNanos) implements LiveFault {
        public Delay {
            if (leastNanos < 0 || mostNanos < 1 || mostNanos < leastNanos || mostNanos > DELAY_NANOS_MAX) {
                throw new IllegalArgumentException("a delay must be more than 0 s and at most 60 s");
            }
        }
    }

    /** Nothing of this passes. One way, unless the traffic is of both. */
    record Cut(TrafficSelector traffic) implements LiveFault {}

    /** Nothing passes between the groups. Nodes that are in none of them are one more group, those to come included. */
    record Partition(List<Set<NodeId>> groups) implements LiveFault {
        public Partition {
            groups = groups.stream().map(LiveFault::ordered).toList();
            if (groups.isEmpty() || groups.stream().anyMatch(Set::isEmpty)) {
                throw new IllegalArgumentException("a partition needs groups of at least one node");
            }
            if (groups.stream().flatMap(Set::stream).distinct().count()
                    < groups.stream().mapToInt(Set::size).sum()) {
                throw new IllegalArgumentException("a node cannot be in two groups of a partition");
            }
        }

        /**
         * Demands that it parts anything.
         *
         * @param present all nodes that there are
         * @throws IllegalArgumentException with a sentence for people
         */
        public void demandParting(Collection<NodeId> present) {
            if (groups.size() == 1 && groups.getFirst().containsAll(present)) {
                throw new IllegalArgumentException("all nodes are in one group, so nothing is parted");
            }
        }

        /** The number of the group that a node is in; -1 for the one of those that were not named. */
        int groupOf(NodeId node) {
            for (int group = 0; group < groups.size(); group++) {
                if (groups.get(group).contains(node)) {
                    return group;
                }
            }
            return -1;
        }
    }

    /**
     * Nodes stand still, as a stopped process does: they take no messages and no timer fires, until it ends; then they find
     * what has come in meanwhile, as far as it was kept for them.
     */
    record Pause(Set<NodeId> nodes) implements LiveFault {
        public Pause {
            nodes = victims(nodes);
        }
    }

    /** Nodes stop at once, without a word. In the end they start again, with what their store remembers. */
    record Kill(Set<NodeId> nodes) implements LiveFault {
        public Kill {
            nodes = victims(nodes);
        }
    }

    private static Set<NodeId> ordered(Set<NodeId> nodes) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(nodes));
    }

    private static Set<NodeId> victims(Set<NodeId> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("it is not said to which nodes");
        }
        return ordered(nodes);
    }

    private static void demandShare(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share must be above 0 % and at most 100 %");
        }
    }

    /** What kind it is: the word for it on the command line and in orders. */
    default String kind() {
        return switch (this) {
            case Loss f -> "loss";
            case Duplicate f -> "duplicate";
            case Delay f -> "delay";
            case Cut f -> "cut";
            case Partition f -> "partition";
            case Pause f -> "pause";
            case Kill f -> "kill";
        };
    }

    /** Whether a message of this sender to this node is meant. */
    default boolean hits(NodeId sender, NodeId receiver) {
        return switch (this) {
            case Loss(TrafficSelector traffic, double share) -> traffic.has(sender, receiver);
            case Duplicate(TrafficSelector traffic, double share) -> traffic.has(sender, receiver);
            case Delay(TrafficSelector traffic, long least, long most) -> traffic.has(sender, receiver);
            case Cut(TrafficSelector traffic) -> traffic.has(sender, receiver);
            case Partition partition -> partition.groupOf(sender) != partition.groupOf(receiver);
            case Pause f -> false;
            case Kill f -> false;
        };
    }

    /** Whether this node, or what it sends or is sent, is meant. */
    default boolean touches(NodeId node) {
        return switch (this) {
            case Loss(TrafficSelector traffic, double share) -> traffic.touches(node);
            case Duplicate(TrafficSelector traffic, double share) -> traffic.touches(node);
            case Delay(TrafficSelector traffic, long least, long most) -> traffic.touches(node);
            case Cut(TrafficSelector traffic) -> traffic.touches(node);
            case Partition partition -> true;
            case Pause(Set<NodeId> nodes) -> nodes.contains(node);
            case Kill(Set<NodeId> nodes) -> nodes.contains(node);
        };
    }

    /** What it does, in words. */
    default String words(Function<NodeId, String> name) {
        return switch (this) {
            case Loss(TrafficSelector traffic, double share) -> "loss of " + percent(share) + " " + traffic.words(name);
            case Duplicate(TrafficSelector traffic, double share) ->
                "duplicates, " + percent(share) + " " + traffic.words(name);
            case Delay(TrafficSelector traffic, long least, long most) ->
                "delay of " + millis(least) + (most == least ? "" : " to " + millis(most)) + " ms "
                        + traffic.words(name);
            case Cut(TrafficSelector traffic) -> "cut " + traffic.words(name);
            case Partition(List<Set<NodeId>> groups) ->
                "partition "
                        + groups.stream()
                                .map(g -> TrafficSelector.list(g, name))
                                .collect(Collectors.joining(" / ")) + (groups.size() == 1 ? " against the rest" : "");
            case Pause(Set<NodeId> nodes) -> "pause of " + TrafficSelector.list(nodes, name);
            case Kill(Set<NodeId> nodes) -> "kill of " + TrafficSelector.list(nodes, name);
        };
    }

    private static String percent(double share) {
        return plain(BigDecimal.valueOf(share).movePointRight(2)) + "%";
    }

    private static String millis(long nanos) {
        return plain(BigDecimal.valueOf(nanos, 6));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
