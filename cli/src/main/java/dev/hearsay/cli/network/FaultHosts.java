package dev.hearsay.cli.network;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.http.HttpCall;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultJson;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The processes that carry out faults: those of a network, or nodes that take them over their own ports. */
final class FaultHosts {

    /**
     * One of them.
     *
     * @param runs whether it runs a node that a fault touches
     * @param call a request to it
     * @param mayBeGone whether nothing is in force there if it does not answer any more
     */
    private record Place(Predicate<LiveFault> runs, Function<String, HttpCall> call, boolean mayBeGone) {}

    private final List<Place> places;
    private final @Nullable LiveNetwork network;

    private FaultHosts(List<Place> places, @Nullable LiveNetwork network) {
        this.places = places;
        this.network = network;
    }

    /** Those of a network that runs. */
    static FaultHosts of(LiveNetwork network) {
        List<Place> places = new ArrayList<>();
        for (HostFile host : network.liveHosts()) {
            List<NodeId> nodes = network.file().present().stream()
                    .filter(entry -> network.hostOf(entry.node()).equals(host.host()))
                    .map(NetworkFile.Entry::address)
                    .toList();
            places.add(new Place(
                    fault -> nodes.stream().anyMatch(fault::touches), path -> network.order(host, path), false));
        }
        return new FaultHosts(places, network);
    }

    /** Nodes that were started with this token. */
    static FaultHosts at(List<NodeId> addresses, String token) {
        return new FaultHosts(
                addresses.stream()
                        .map(address -> new Place(
                                fault -> true,
                                path -> Contact.at(address).call(path).withToken(token),
                                false))
                        .toList(),
                null);
    }

    /** Those of these nodes that a fault touches; one that has just died is no obstacle to the others. */
    static FaultHosts among(List<NodeId> addresses, String token) {
        return new FaultHosts(
                addresses.stream()
                        .map(address -> new Place(
                                fault -> fault.touches(address),
                                path -> Contact.at(address).call(path).withToken(token),
                                true))
                        .toList(),
                null);
    }

    /** The faults in force, by number, with the time that is left of each; of one at several hosts the longest. */
    List<FaultDesk.InForce> inForce() {
        Map<Integer, FaultDesk.InForce> faults = new TreeMap<>();
        for (Place place : places) {
            inForce(place)
                    .forEach(one ->
                            faults.merge(one.order().number(), one, (a, b) -> a.leftNanos() >= b.leftNanos() ? a : b));
        }
        return List.copyOf(faults.values());
    }

    private static List<FaultDesk.InForce> inForce(Place place) {
        try {
            return list(place).faults();
        } catch (Failure e) {
            if (place.mayBeGone && e.exitCode() == ExitCode.NOT_RUNNING) {
                return List.of();
            }
            throw e;
        }
    }

    private static FaultJson.Listing list(Place place) {
        try {
            return FaultJson.listing(place.call.apply("/faults").get());
        } catch (WireException e) {
            throw Failure.failed("The list of faults makes no sense: " + e.getMessage() + ".", "", e);
        }
    }

    /** The highest number that a fault ever had at any of them. */
    int last() {
        return places.stream().mapToInt(place -> list(place).last()).max().orElse(0);
    }

    /**
     * Demands what only the network can tell.
     *
     * @throws Failure or an IllegalArgumentException with a sentence for people
     */
    void demandPossible(LiveFault fault) {
        if (network == null) {
            return;
        }
        switch (fault) {
            case LiveFault.Partition partition ->
                partition.demandParting(network.file().present().stream()
                        .map(NetworkFile.Entry::address)
                        .toList());
            case LiveFault.Pause(Set<NodeId> nodes) -> nodes.forEach(address -> demandProcess(network, address));
            case LiveFault.Kill(Set<NodeId> nodes) -> nodes.forEach(address -> demandProcess(network, address));
            case LiveFault.Loss f -> {}
            case LiveFault.Duplicate f -> {}
            case LiveFault.Delay f -> {}
            case LiveFault.Cut f -> {}
        }
    }

    private static void demandProcess(LiveNetwork network, NodeId address) {
        network.contact(NetworkCommand.nameOf(network, new NodeArgument.At(address)));
    }

    /**
     * Lets a fault begin wherever it touches a node.
     *
     * @throws Failure if it cannot; then it has begun nowhere
     */
    void begin(FaultOrder order) {
        List<Place> begun = new ArrayList<>();
        String body = FaultJson.write(order);
        try {
            for (Place place : places) {
                if (place.runs.test(order.fault())) {
                    place.call.apply("/faults").post(body);
                    begun.add(place);
                }
            }
        } catch (Failure e) {
            begun.forEach(place -> heal(place, order.id()));
            throw e;
        }
        if (begun.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_RUNNING, "not-running", "None of the nodes of this fault runs.", "See: gossip status");
        }
    }

    /** Ends a fault wherever it is in force. */
    void heal(FaultOrder order) {
        for (Place place : places) {
            if (place.runs.test(order.fault())) {
                heal(place, order.id());
            }
        }
    }

    private static void heal(Place place, String id) {
        try {
            place.call.apply("/faults/" + id).delete();
        } catch (Failure e) {
            // It has ended there by itself.
            if (e.exitCode() != ExitCode.NO_SUCH_NODE) {
                throw e;
            }
        }
    }
}
