package dev.hearsay.cli.network;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.http.HttpCall;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.Fault;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultJson;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The processes that carry out faults: those of a network, or nodes that take them over their own ports. */
final class FaultHosts {

    /**
     * One of them.
     *
     * @param runs whether it runs a node that a fault touches
     * @param call a request to it
     */
    private record Place(Predicate<Fault> runs, Function<String, HttpCall> call) {}

    private final List<Place> places;

    private FaultHosts(List<Place> places) {
        this.places = places;
    }

    /** Those of a network that runs. */
    static FaultHosts of(LiveNetwork network) {
        List<Place> places = new ArrayList<>();
        for (HostFile host : network.liveHosts()) {
            List<NodeId> nodes = network.file().present().stream()
                    .filter(entry -> network.hostOf(entry.node()).equals(host.host()))
                    .map(NetworkFile.Entry::address)
                    .toList();
            places.add(new Place(fault -> nodes.stream().anyMatch(fault::touches), path -> network.order(host, path)));
        }
        return new FaultHosts(places);
    }

    /** Nodes that were started with this token. */
    static FaultHosts at(List<NodeId> addresses, String token) {
        return new FaultHosts(addresses.stream()
                .map(address -> new Place(
                        fault -> true, path -> Contact.at(address).call(path).withToken(token)))
                .toList());
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
            List<FaultDesk.InForce> faults = new ArrayList<>();
            for (JsonObject fault : list(place).objects("faults")) {
                faults.add(new FaultDesk.InForce(FaultJson.read(fault), fault.whole("leftNanos")));
            }
            return faults;
        } catch (WireException e) {
            throw senseless(e);
        }
    }

    private static JsonObject list(Place place) {
        return place.call.apply("/faults").get();
    }

    private static Failure senseless(WireException e) {
        return Failure.failed("The list of faults makes no sense: " + e.getMessage() + ".", "", e);
    }

    /** An id that no fault has had at any of them. */
    String nextId() {
        int last = 0;
        for (Place place : places) {
            try {
                last = Math.max(last, list(place).integer("last"));
            } catch (WireException e) {
                throw senseless(e);
            }
        }
        return FaultOrder.id(last + 1);
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
