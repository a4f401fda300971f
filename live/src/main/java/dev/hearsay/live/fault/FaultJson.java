package dev.hearsay.live.fault;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Faults as they are ordered and listed: {@code {"id":"f1","fault":"loss","share":0.1,"from":[],"to":[],…}}. */
public final class FaultJson {

    private FaultJson() {}

    /** The order as the body of a request. */
    public static String write(FaultOrder order) {
        return Json.object(json -> {
            writeFields(order, json);
        });
    }

    static void writeFields(FaultOrder order, JsonGenerator json) throws IOException {
        json.writeStringField("id", order.id());
        json.writeStringField("fault", order.fault().kind());
        switch (order.fault()) {
            case LiveFault.Loss(TrafficSelector traffic, double share) -> {
                json.writeNumberField("share", share);
                write(traffic, json);
            }
            case LiveFault.Duplicate(TrafficSelector traffic, double share) -> {
                json.writeNumberField("share", share);
                write(traffic, json);
            }
            case LiveFault.Delay(TrafficSelector traffic, long leastNanos, long mostNanos) -> {
                json.writeNumberField("leastNanos", leastNanos);
                json.writeNumberField("mostNanos", mostNanos);
                write(traffic, json);
            }
            case LiveFault.Cut(TrafficSelector traffic) -> write(traffic, json);
            case LiveFault.Partition(List<Set<NodeId>> groups) -> {
                Json.objects("groups", groups, json, group -> {
                    write("nodes", group, json);
                });
            }
            case LiveFault.Pause(Set<NodeId> nodes) -> write("nodes", nodes, json);
            case LiveFault.Kill(Set<NodeId> nodes) -> write("nodes", nodes, json);
        }
        json.writeNumberField("forNanos", order.forNanos());
        json.writeNumberField("randomSeed", order.randomSeed());
    }

    private static void write(TrafficSelector traffic, JsonGenerator json) throws IOException {
        write("from", traffic.from(), json);
        write("to", traffic.to(), json);
        json.writeBooleanField("bothWays", traffic.isBothWays());
    }

    private static void write(String name, Collection<NodeId> nodes, JsonGenerator json) throws IOException {
        Json.texts(name, nodes, json);
    }

    /**
     * Reads an order.
     *
     * @throws WireException with one sentence for people
     */
    public static FaultOrder read(JsonObject json) throws WireException {
        try {
            return new FaultOrder(json.text("id"), fault(json), json.whole("forNanos"), json.whole("randomSeed"));
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static LiveFault fault(JsonObject json) throws WireException {
        String kind = json.text("fault");
        return switch (kind) {
            case "loss" -> new LiveFault.Loss(traffic(json), json.number("share"));
            case "duplicate" -> new LiveFault.Duplicate(traffic(json), json.number("share"));
            case "delay" -> new LiveFault.Delay(traffic(json), json.whole("leastNanos"), json.whole("mostNanos"));
            case "cut" -> new LiveFault.Cut(traffic(json));
            case "partition" -> {
                List<Set<NodeId>> groups = new ArrayList<>();
                for (JsonObject group : json.objects("groups")) {
                    groups.add(nodes(group, "nodes"));
                }
                yield new LiveFault.Partition(groups);
            }
            case "pause" -> new LiveFault.Pause(nodes(json, "nodes"));
            case "kill" -> new LiveFault.Kill(nodes(json, "nodes"));
            default -> throw new WireException("'" + kind + "' is not a kind of fault");
        };
    }

    private static TrafficSelector traffic(JsonObject json) throws WireException {
        return new TrafficSelector(nodes(json, "from"), nodes(json, "to"), json.flag("bothWays"));
    }

    private static Set<NodeId> nodes(JsonObject json, String name) throws WireException {
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (String node : json.texts(name)) {
            nodes.add(NodeId.parse(node));
        }
        return nodes;
    }
}
