package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.LinkProtocol.LinkLoss;
import dev.hearsay.core.LinkProtocol.LinkReason;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.RumorProtocol.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The trace, version 1: one event of one node per line, as live nodes, the simulator and the visualizer write it.
 *
 * <p>{@code {"v":1,"at":1767323045678901,"node":"127.0.0.1:7001","event":"duplicate","id":"…","from":"127.0.0.1:7002","hops":2}}
 */
public final class TraceJson {

    private static final int VERSION = 1;

    /**
     * What a line says.
     *
     * @param atMicros since 1970 if live, or of simulated time
     */
    public record Line(long atMicros, NodeId node, Event event) {}

    private TraceJson() {}

    /** The event on one line, without a line break. */
    public static String write(long atMicros, NodeId node, Event event) {
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeNumberField("at", atMicros);
            json.writeStringField("node", node.toString());
            json.writeStringField("signal", name(event));
            writeFields(event, json);
            json.writeEndObject();
        });
    }

    /** The event's name in the trace. */
    public static String name(Event event) {
        return switch (event) {
            case Lifecycle.Started s -> "started";
            case Lifecycle.Departed s -> "departed";
            case Lifecycle.Stopped s -> "stopped";
            case RumorProtocol.Published s -> "published";
            case RumorProtocol.Delivered s -> "delivered";
            case RumorProtocol.Duplicate s -> "duplicate";
            case RumorProtocol.Relayed s -> "relayed";
            case Lifecycle.Refused s -> "refused";
            case RumorProtocol.Forgotten s -> "forgotten";
            case AntiEntropyProtocol.OwnLost s -> "ownLost";
            case AntiEntropyProtocol.Differed s -> "differed";
            case RumorProtocol.Converged s -> "converged";
            case Lifecycle.Overflowed s -> "overflowed";
            case Lifecycle.FaultBegan s -> "faultBegan";
            case Lifecycle.FaultEnded s -> "faultEnded";
            case MembershipProtocol.MemberAdded s -> "memberAdded";
            case MembershipProtocol.MemberDismissed s -> "memberDismissed";
            case LinkProtocol.LinkUp s -> "linkUp";
            case LinkProtocol.LinkDown s -> "linkDown";
            case HeartbeatProtocol.Suspected s -> "suspected";
            case HeartbeatProtocol.Cleared s -> "cleared";
            case HeartbeatProtocol.Silent s -> "silent";
            case HeartbeatProtocol.Reappeared s -> "reappeared";
            default -> {
                String name = StateJson.name(event);
                yield name == null ? MembershipTrace.name(event) : name;
            }
        };
    }

    private static void writeFields(Event event, JsonGenerator json) throws IOException {
        switch (event) {
            case Lifecycle.Started(List<NodeId> neighbours, int remembered) -> {
                nodes("neighbours", neighbours, json);
                json.writeNumberField("remembered", remembered);
            }
            case Lifecycle.Departed s -> {}
            case Lifecycle.Stopped s -> {}
            case RumorProtocol.Published(RumorId id, long sequence, int bytes) -> {
                json.writeStringField("id", id.toString());
                json.writeNumberField("sequence", sequence);
                json.writeNumberField("bytes", bytes);
            }
            case RumorProtocol.Delivered(var id, var origin, var from, int hops, var path, Way way) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("origin", origin.toString());
                json.writeStringField("from", from.toString());
                json.writeNumberField("hops", hops);
                nodes("path", path, json);
                json.writeStringField("way", Variants.word(way));
            }
            case RumorProtocol.Duplicate(RumorId id, NodeId from, int hops) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("from", from.toString());
                json.writeNumberField("hops", hops);
            }
            case RumorProtocol.Relayed(RumorId id, List<NodeId> to, int round) -> {
                json.writeStringField("id", id.toString());
                nodes("to", to, json);
                json.writeNumberField("round", round);
            }
            case Lifecycle.Refused(String reason) -> json.writeStringField("reason", reason);
            case RumorProtocol.Forgotten(int rumors) -> json.writeNumberField("rumors", rumors);
            case AntiEntropyProtocol.OwnLost(NodeId from, long messages, long keys) -> {
                json.writeStringField("from", from.toString());
                json.writeNumberField("messages", messages);
                json.writeNumberField("keys", keys);
            }
            case AntiEntropyProtocol.Differed(NodeId partner) -> json.writeStringField("partner", partner.toString());
            case RumorProtocol.Converged(RumorId id, int reached, long micros, int duplicates) -> {
                json.writeStringField("id", id.toString());
                json.writeNumberField("reached", reached);
                json.writeNumberField("micros", micros);
                json.writeNumberField("duplicates", duplicates);
            }
            case Lifecycle.Overflowed(NodeId to, long messages) -> {
                json.writeStringField("to", to.toString());
                json.writeNumberField("messages", messages);
            }
            case Lifecycle.FaultBegan(String fault, String what, long forNanos) -> {
                json.writeStringField("fault", fault);
                json.writeStringField("what", what);
                json.writeNumberField("forNanos", forNanos);
            }
            case Lifecycle.FaultEnded(String fault, String reason) -> {
                json.writeStringField("fault", fault);
                json.writeStringField("reason", reason);
            }
            case MembershipProtocol.MemberAdded(NodeId member) -> json.writeStringField("member", member.toString());
            case MembershipProtocol.MemberDismissed(NodeId member) ->
                json.writeStringField("member", member.toString());
            case LinkProtocol.LinkUp(NodeId neighbour, LinkReason reason) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeStringField("reason", Variants.word(reason));
            }
            case LinkProtocol.LinkDown(NodeId neighbour, LinkLoss reason) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeStringField("reason", Variants.word(reason));
            }
            case HeartbeatProtocol.Suspected(NodeId neighbour, int intervals) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeNumberField("intervals", intervals);
            }
            case HeartbeatProtocol.Cleared(NodeId neighbour) ->
                json.writeStringField("neighbour", neighbour.toString());
            case HeartbeatProtocol.Silent(NodeId neighbour) -> json.writeStringField("neighbour", neighbour.toString());
            case HeartbeatProtocol.Reappeared(NodeId neighbour) ->
                json.writeStringField("neighbour", neighbour.toString());
            default -> {
                if (StateJson.name(event) == null) {
                    MembershipTrace.writeFields(event, json);
                } else {
                    StateJson.writeFields(event, json);
                }
            }
        }
    }

    /**
     * Reads a line.
     *
     * @throws WireException with one sentence for people
     */
    public static Line read(String line) throws WireException {
        return read(JsonObject.parse(line));
    }

    static Line read(JsonObject json) throws WireException {
        long version = json.whole("v");
        if (version != VERSION) {
            throw new VersionException("a trace", version, VERSION);
        }
        return CoreJson.TRACE.read(Line.class, json);
    }

    static void nodes(String name, List<NodeId> nodes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (NodeId node : nodes) {
            json.writeString(node.toString());
        }
        json.writeEndArray();
    }

    static List<NodeId> nodes(JsonObject json, String name) throws WireException {
        List<NodeId> nodes = new ArrayList<>();
        for (String text : json.texts(name)) {
            nodes.add(address(text));
        }
        return nodes;
    }

    static NodeId node(JsonObject json, String name) throws WireException {
        return address(json.text(name));
    }

    /** Like {@link NodeId#parse}, though simulated nodes may have numbers beyond the ports there are. */
    static NodeId address(String text) throws WireException {
        int colon = text.lastIndexOf(':');
        try {
            String host = colon < 0 ? "" : text.substring(0, colon);
            boolean isBracketed = host.startsWith("[") && host.endsWith("]");
            return new NodeId(
                    isBracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new WireException("'" + text + "' is not an address", e);
        }
    }
}
