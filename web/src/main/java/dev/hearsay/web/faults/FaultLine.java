package dev.hearsay.web.faults;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
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
    public static LiveFault.Delay delay(TrafficSelector traffic, String text) {
        return switch (Latency.parse(text)) {
            case Latency.Fixed(long nanos) -> new LiveFault.Delay(traffic, nanos, nanos);
            case Latency.Uniform(long least, long most) -> new LiveFault.Delay(traffic, least, most);
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
    static String write(LiveFault fault, long forNanos, Function<NodeId, String> name) {
        return "gossip fault " + words(fault, name) + (forNanos == 0 ? "" : " --for " + Durations.text(forNanos));
    }

    private static String words(LiveFault fault, Function<NodeId, String> name) {
        return switch (fault) {
            case LiveFault.Loss(TrafficSelector traffic, double share) ->
                "loss " + Fractions.text(share) + of(traffic, name);
            case LiveFault.Duplicate(TrafficSelector traffic, double share) ->
                "duplicate " + Fractions.text(share) + of(traffic, name);
            case LiveFault.Delay(TrafficSelector traffic, long least, long most) ->
                "delay " + (least == most ? new Latency.Fixed(least) : new Latency.Uniform(least, most))
                        + of(traffic, name);
            case LiveFault.Cut(TrafficSelector traffic) ->
                "cut " + list(traffic.from(), name) + (traffic.to().isEmpty() ? "" : " " + list(traffic.to(), name));
            case LiveFault.Partition(List<Set<NodeId>> groups) ->
                "partition " + groups.stream().map(group -> list(group, name)).collect(Collectors.joining(" / "));
            case LiveFault.Pause(Set<NodeId> nodes) -> "pause " + list(nodes, name);
            case LiveFault.Kill(Set<NodeId> nodes) -> "kill " + list(nodes, name);
        };
    }

    /** The options that choose the traffic. */
    private static String of(TrafficSelector traffic, Function<NodeId, String> name) {
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
