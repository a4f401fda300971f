package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.sim.Fractions;
import dev.hearsay.web.faults.FaultLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Reads faults as people write them: {@code loss 10%}, {@code partition 1,2,3 / 4,5}. */
final class FaultWords {

    private static final String SEE = "See: gossip fault --help";
    private static final Set<String> KINDS =
            Set.of("loss", "delay", "duplicate", "cut", "partition", "pause", "kill", "list", "heal");

    private final Function<NodeArgument, NodeId> addresses;

    /**
     * A reader.
     *
     * @param addresses finds nodes, or throws a {@link Failure}
     */
    FaultWords(Function<NodeArgument, NodeId> addresses) {
        this.addresses = addresses;
    }

    /** An address for every node, whether there is one or not: for words that are only to be checked. */
    static NodeId anywhere(NodeArgument argument) {
        return switch (argument) {
            case NodeArgument.At(NodeId address) -> address;
            case NodeArgument.Named(NodeName name) -> new NodeId(name.isSeed() ? "seed" : "node", name.number());
        };
    }

    /** Whether a kind of fault is about messages, and so of traffic that can be chosen. */
    static boolean isOfTraffic(String kind) {
        return kind.equals("loss") || kind.equals("duplicate") || kind.equals("delay");
    }

    /**
     * The fault.
     *
     * @param traffic what the options choose
     * @throws Failure or an IllegalArgumentException with a sentence for people
     */
    LiveFault fault(String kind, List<String> details, TrafficSelector traffic) {
        return switch (kind) {
            case "loss" -> new LiveFault.Loss(traffic, Fractions.parse(one(kind, details, "a share, such as 10%")));
            case "duplicate" ->
                new LiveFault.Duplicate(traffic, Fractions.parse(one(kind, details, "a share, such as 5%")));
            case "delay" -> FaultLine.delay(traffic, one(kind, details, "a time, such as 100ms or uniform:50ms-200ms"));
            case "cut" -> {
                if (details.isEmpty() || details.size() > 2) {
                    throw Failure.usage("A cut is FROM whom, and perhaps TO whom, such as: cut 3 5.", SEE);
                }
                yield new LiveFault.Cut(new TrafficSelector(
                        nodes(details.getFirst()), details.size() == 1 ? Set.of() : nodes(details.getLast()), false));
            }
            case "partition" -> partition(details);
            case "pause" -> new LiveFault.Pause(nodes(one(kind, details, "nodes, such as 3 or 3,4")));
            case "kill" -> new LiveFault.Kill(nodes(one(kind, details, "nodes, such as 3 or 3,4")));
            default -> throw new IllegalStateException("not demanded to be known: " + kind);
        };
    }

    /** Refuses what is not the first word of any order. */
    static void demandKnown(String kind) {
        if (!KINDS.contains(kind)) {
            throw Failure.usage(
                    "'" + kind
                            + "' is not a fault; there are loss, delay, duplicate, cut, partition, pause and kill, and"
                            + " the words list and heal.",
                    SEE);
        }
    }

    private static String one(String kind, List<String> details, String what) {
        if (details.size() != 1) {
            throw Failure.usage("After '" + kind + "' comes " + what + ".", SEE);
        }
        return details.getFirst();
    }

    private LiveFault partition(List<String> details) {
        List<Set<NodeId>> groups = new ArrayList<>();
        for (String group : String.join("", details).split("/", -1)) {
            groups.add(nodes(group));
        }
        return new LiveFault.Partition(groups);
    }

    /** The traffic between {@code 1,2/3}, both ways. */
    TrafficSelector between(String text) {
        String[] sides = text.split("/", -1);
        if (sides.length != 2) {
            throw Failure.usage("--between takes two sides, such as 1,2/3, not '" + text + "'.", "");
        }
        return new TrafficSelector(nodes(sides[0]), nodes(sides[1]), true);
    }

    /** The nodes of {@code 1,2,s1}. */
    Set<NodeId> nodes(String text) {
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (String word : text.split(",", -1)) {
            try {
                nodes.add(addresses.apply(new NodeArgument.Converter().convert(word)));
            } catch (TypeConversionException e) {
                throw Failure.usage(e.getMessage() + ".", "Several are written as 1,2,s1.");
            }
        }
        return nodes;
    }
}
