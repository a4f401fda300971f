package dev.hearsay.web.faults;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultException;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import dev.hearsay.sim.Durations;
import dev.hearsay.sim.Fractions;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A fault that a page asks for: {@code {"kind":"loss","share":"10%","nodes":[3],"for":"30s"}}.
 *
 * @param forNanos how long it shall last; 0 for a kill that lasts until it is healed
 */
record FaultRequest(LiveFault fault, long forNanos) {

    private static final Set<String> OF_ALL = Set.of("kind", "for", "forNanos");

    /** Finds nodes by the numbers that the page has for them. */
    interface Nodes {
        NodeId at(int index) throws FaultException;
    }

    /**
     * Reads one.
     *
     * @throws WireException with words for people, if it makes no sense
     * @throws FaultException if there is no such node
     */
    static FaultRequest read(JsonObject json, Nodes nodes) throws WireException, FaultException {
        String kind = json.text("kind");
        try {
            return new FaultRequest(new Reading(json, kind, nodes).fault(), forNanos(json, kind));
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long forNanos(JsonObject json, String kind) throws WireException {
        if (json.has("for") && json.has("forNanos")) {
            throw new WireException("of 'for' and 'forNanos' one at most can be given");
        }
        if (!json.has("for") && !json.has("forNanos")) {
            if (kind.equals("kill")) {
                return 0;
            }
            throw new WireException("it is not said for how long, such as \"for\":\"30s\"");
        }
        long nanos = json.has("for") ? Durations.parse(json.text("for")) : json.whole("forNanos");
        if (nanos < 1) {
            throw new WireException("a fault must last for more than 0 s");
        }
        return nanos;
    }

    /** The order for it. */
    FaultOrder order(int number, long randomSeed) {
        return new FaultOrder(FaultOrder.id(number), fault, forNanos, randomSeed);
    }

    private record Reading(JsonObject json, String kind, Nodes nodes) {

        LiveFault fault() throws WireException, FaultException {
            return switch (kind) {
                case "loss" -> {
                    demandOnly("share", "nodes", "from", "to", "groups");
                    yield new LiveFault.Loss(traffic(), Fractions.parse(json.text("share")));
                }
                case "duplicate" -> {
                    demandOnly("share", "nodes", "from", "to", "groups");
                    yield new LiveFault.Duplicate(traffic(), Fractions.parse(json.text("share")));
                }
                case "delay" -> {
                    demandOnly("delay", "nodes", "from", "to", "groups");
                    yield FaultLine.delay(traffic(), json.text("delay"));
                }
                case "cut" -> {
                    demandOnly("from", "to");
                    Set<NodeId> from = some("from");
                    if (from.isEmpty()) {
                        throw new WireException("a cut is 'from' whom, and perhaps 'to' whom");
                    }
                    yield new LiveFault.Cut(new TrafficSelector(from, some("to"), false));
                }
                case "partition" -> {
                    demandOnly("groups");
                    yield new LiveFault.Partition(groups());
                }
                case "pause" -> {
                    demandOnly("nodes");
                    yield new LiveFault.Pause(some("nodes"));
                }
                case "kill" -> {
                    demandOnly("nodes");
                    yield new LiveFault.Kill(some("nodes"));
                }
                default ->
                    throw new WireException(
                            "'" + kind
                                    + "' is not a kind of fault; there are loss, delay, duplicate, cut, partition, pause and kill");
            };
        }

        /** What is given must be meant for this kind. */
        private void demandOnly(String... fields) throws WireException {
            for (String name : json.names()) {
                if (json.has(name) && !OF_ALL.contains(name) && !List.of(fields).contains(name)) {
                    throw new WireException("'" + name + "' does not go with '" + kind + "'");
                }
            }
        }

        /** To and from nodes, between two groups, or in one direction; of all messages if nothing is said. */
        private TrafficSelector traffic() throws WireException, FaultException {
            Set<NodeId> both = some("nodes");
            Set<NodeId> from = some("from");
            Set<NodeId> to = some("to");
            List<Set<NodeId>> sides = groups();
            boolean isOneWay = !from.isEmpty() || !to.isEmpty();
            if ((both.isEmpty() ? 0 : 1) + (sides.isEmpty() ? 0 : 1) + (isOneWay ? 1 : 0) > 1) {
                throw new WireException("of 'nodes', 'groups', and 'from' with 'to', one at most can be given");
            }
            if (!both.isEmpty()) {
                return new TrafficSelector(both, Set.of(), true);
            }
            if (sides.isEmpty()) {
                return new TrafficSelector(from, to, false);
            }
            if (sides.size() != 2) {
                throw new WireException("'groups' must be two for '" + kind + "'");
            }
            return new TrafficSelector(sides.getFirst(), sides.getLast(), true);
        }

        private List<Set<NodeId>> groups() throws WireException, FaultException {
            List<Set<NodeId>> groups = new ArrayList<>();
            if (json.has("groups")) {
                for (List<Integer> group : json.integerLists("groups")) {
                    groups.add(addresses(group));
                }
            }
            return groups;
        }

        private Set<NodeId> some(String name) throws WireException, FaultException {
            return json.has(name) ? addresses(json.integers(name)) : Set.of();
        }

        private Set<NodeId> addresses(List<Integer> indices) throws FaultException {
            Set<NodeId> addresses = new LinkedHashSet<>();
            for (int index : indices) {
                addresses.add(nodes.at(index));
            }
            return addresses;
        }
    }
}
