package dev.hearsay.web.faults;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.Fault;
import dev.hearsay.live.fault.Traffic;
import dev.hearsay.sim.Durations;
import dev.hearsay.sim.Fractions;
import dev.hearsay.sim.Latency;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Faults in the words of {@code gossip fault}. */
public final class FaultLine {

    private FaultLine() {}

    /**
     * Reads a delay: {@code 100ms} or {@code uniform:50ms-200ms}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Fault.Delay delay(Traffic traffic, String text) {
        return switch (Latency.parse(text)) {
            case Latency.Fixed(long nanos) -> new Fault.Delay(traffic, nanos, nanos);
            case Latency.Uniform(long least, long most) -> new Fault.Delay(traffic, least, most);
            case Latency.Exponential e -> throw notLive(text);
            case Latency.LogNormal e -> throw notLive(text);
        };
    }

    private static IllegalArgumentException notLive(String text) {
        return new IllegalArgumentException(
                "'" + text
                        + "' is for simulations; on a live network a delay is fixed or uniform, such as 100ms or uniform:50ms-200ms");
    }

    /**
     * The command that lets a fault begin, as it can be pasted.
     *
     * @param forNanos how long it lasts; 0 if until it is healed
     * @param name what a node is called on the command line
     */
    static String write(Fault fault, long forNanos, Function<NodeId, String> name) {
        return "gossip fault " + words(fault, name) + (forNanos == 0 ? "" : " --for " + Durations.text(forNanos));
    }

    private static String words(Fault fault, Function<NodeId, String> name) {
        return switch (fault) {
            case Fault.Loss(Traffic traffic, double share) -> "loss " + Fractions.text(share) + of(traffic, name);
            case Fault.Duplicate(Traffic traffic, double share) ->
                "duplicate " + Fractions.text(share) + of(traffic, name);
            case Fault.Delay(Traffic traffic, long least, long most) ->
                "delay " + (least == most ? new Latency.Fixed(least) : new Latency.Uniform(least, most))
                        + of(traffic, name);
            case Fault.Cut(Traffic traffic) ->
                "cut " + list(traffic.from(), name) + (traffic.to().isEmpty() ? "" : " " + list(traffic.to(), name));
            case Fault.Partition(List<Set<NodeId>> groups) ->
                "partition " + groups.stream().map(group -> list(group, name)).collect(Collectors.joining(" / "));
            case Fault.Pause(Set<NodeId> nodes) -> "pause " + list(nodes, name);
            case Fault.Kill(Set<NodeId> nodes) -> "kill " + list(nodes, name);
        };
    }

    /** The options that choose the traffic. */
    private static String of(Traffic traffic, Function<NodeId, String> name) {
        if (traffic.isBothWays()) {
            return traffic.to().isEmpty()
                    ? " --node " + list(traffic.from(), name)
                    : " --between " + list(traffic.from(), name) + "/" + list(traffic.to(), name);
        }
        return (traffic.from().isEmpty() ? "" : " --from " + list(traffic.from(), name))
                + (traffic.to().isEmpty() ? "" : " --to " + list(traffic.to(), name));
    }

    private static String list(Set<NodeId> nodes, Function<NodeId, String> name) {
        return nodes.stream().map(name).collect(Collectors.joining(","));
    }
}
