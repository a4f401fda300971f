package dev.hearsay.live.fault;

import dev.hearsay.core.NodeId;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;
import java.util.List;
import java.util.Set;

/** Faults as they are ordered and listed: {@code {"id":"f1","fault":"loss","share":0.1,"from":[],"to":[],…}}. */
public final class FaultJson {

    /** The answer to {@code GET /faults}: those in force, and the highest number that one ever had. */
    public record Listing(int last, List<FaultDesk.InForce> faults) {}

    /** A partition in JSON: its groups are objects. */
    private record Groups(List<Group> groups) {
        private record Group(Set<NodeId> nodes) {}
    }

    private static final RecordJson JSON = new RecordJson()
            .inline(FaultDesk.InForce.class, "order")
            .inline(FaultOrder.class, "fault")
            .oneOf(LiveFault.class, "fault", "a kind of fault")
            .inline(LiveFault.class, "traffic")
            .named(TrafficSelector.class, "isBothWays", "bothWays")
            .fields(
                    LiveFault.Partition.class,
                    (partition, json) -> RecordJson.PLAIN.writeFields(
                            new Groups(partition.groups().stream()
                                    .map(Groups.Group::new)
                                    .toList()),
                            json),
                    json -> new LiveFault.Partition(RecordJson.PLAIN.read(Groups.class, json).groups().stream()
                            .map(Groups.Group::nodes)
                            .toList()));

    private FaultJson() {}

    /** An order as the body of a request, or a listing. */
    public static String write(Record order) {
        return JSON.line(order);
    }

    /**
     * Reads an order.
     *
     * @throws WireException with one sentence for people
     */
    public static FaultOrder read(JsonObject json) throws WireException {
        return JSON.read(FaultOrder.class, json);
    }

    /** Reads what {@code GET /faults} answers. */
    public static Listing listing(JsonObject json) throws WireException {
        return JSON.read(Listing.class, json);
    }
}
