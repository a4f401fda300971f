package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Event;
import dev.hearsay.core.Event.LinkLoss;
import dev.hearsay.core.Event.LinkReason;
import dev.hearsay.core.Event.Way;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
    public record Line(long atMicros, NodeId node, Event event) {
        public Line {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(event, "signal");
        }
    }

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
            case Event.Started s -> "started";
            case Event.Departed s -> "departed";
            case Event.Stopped s -> "stopped";
            case Event.Published s -> "published";
            case Event.Delivered s -> "delivered";
            case Event.Duplicate s -> "duplicate";
            case Event.Relayed s -> "relayed";
            case Event.Refused s -> "refused";
            case Event.Forgotten s -> "forgotten";
            case Event.OwnLost s -> "ownLost";
            case Event.Differed s -> "differed";
            case Event.Converged s -> "converged";
            case Event.Overflowed s -> "overflowed";
            case Event.FaultBegan s -> "faultBegan";
            case Event.FaultEnded s -> "faultEnded";
            case Event.MemberAdded s -> "memberAdded";
            case Event.MemberDismissed s -> "memberDismissed";
            case Event.LinkUp s -> "linkUp";
            case Event.LinkDown s -> "linkDown";
            case Event.Suspected s -> "suspected";
            case Event.Cleared s -> "cleared";
            case Event.Silent s -> "silent";
            case Event.Reappeared s -> "reappeared";
            default -> {
                String name = StateJson.name(event);
                yield name == null ? MembershipTrace.name(event) : name;
            }
        };
    }

    private static void writeFields(Event event, JsonGenerator json) throws IOException {
        switch (event) {
            case Event.Started(List<NodeId> neighbours, int remembered) -> {
                nodes("neighbours", neighbours, json);
                json.writeNumberField("remembered", remembered);
            }
            case Event.Departed s -> {}
            case Event.Stopped s -> {}
            case Event.Published(RumorId id, long sequence, int bytes) -> {
                json.writeStringField("id", id.toString());
                json.writeNumberField("sequence", sequence);
                json.writeNumberField("bytes", bytes);
            }
            case Event.Delivered(var id, var origin, var from, int hops, var path, Way way) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("origin", origin.toString());
                json.writeStringField("from", from.toString());
                json.writeNumberField("hops", hops);
                nodes("path", path, json);
                json.writeStringField("way", camel(way));
            }
            case Event.Duplicate(RumorId id, NodeId from, int hops) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("from", from.toString());
                json.writeNumberField("hops", hops);
            }
            case Event.Relayed(RumorId id, List<NodeId> to, int round) -> {
                json.writeStringField("id", id.toString());
                nodes("to", to, json);
                json.writeNumberField("round", round);
            }
            case Event.Refused(String reason) -> json.writeStringField("reason", reason);
            case Event.Forgotten(int rumors) -> json.writeNumberField("rumors", rumors);
            case Event.OwnLost(NodeId from, long messages, long keys) -> {
                json.writeStringField("from", from.toString());
                json.writeNumberField("messages", messages);
                json.writeNumberField("keys", keys);
            }
            case Event.Differed(NodeId partner) -> json.writeStringField("partner", partner.toString());
            case Event.Converged(RumorId id, int reached, long micros, int duplicates) -> {
                json.writeStringField("id", id.toString());
                json.writeNumberField("reached", reached);
                json.writeNumberField("micros", micros);
                json.writeNumberField("duplicates", duplicates);
            }
            case Event.Overflowed(NodeId to, long messages) -> {
                json.writeStringField("to", to.toString());
                json.writeNumberField("messages", messages);
            }
            case Event.FaultBegan(String fault, String what, long forNanos) -> {
                json.writeStringField("fault", fault);
                json.writeStringField("what", what);
                json.writeNumberField("forNanos", forNanos);
            }
            case Event.FaultEnded(String fault, String reason) -> {
                json.writeStringField("fault", fault);
                json.writeStringField("reason", reason);
            }
            case Event.MemberAdded(NodeId member) -> json.writeStringField("member", member.toString());
            case Event.MemberDismissed(NodeId member) -> json.writeStringField("member", member.toString());
            case Event.LinkUp(NodeId neighbour, LinkReason reason) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeStringField("reason", camel(reason));
            }
            case Event.LinkDown(NodeId neighbour, LinkLoss reason) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeStringField("reason", camel(reason));
            }
            case Event.Suspected(NodeId neighbour, int intervals) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeNumberField("intervals", intervals);
            }
            case Event.Cleared(NodeId neighbour) -> json.writeStringField("neighbour", neighbour.toString());
            case Event.Silent(NodeId neighbour) -> json.writeStringField("neighbour", neighbour.toString());
            case Event.Reappeared(NodeId neighbour) -> json.writeStringField("neighbour", neighbour.toString());
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
        try {
            return new Line(json.whole("at"), node(json, "node"), event(json));
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Event event(JsonObject json) throws WireException {
        String name = json.text("signal");
        return switch (name) {
            case "started" -> new Event.Started(nodes(json, "neighbours"), json.integer("remembered"));
            case "departed" -> new Event.Departed();
            case "stopped" -> new Event.Stopped();
            case "published" -> new Event.Published(id(json), json.whole("sequence"), json.integer("bytes"));
            case "delivered" ->
                new Event.Delivered(
                        id(json),
                        node(json, "origin"),
                        node(json, "from"),
                        json.integer("hops"),
                        nodes(json, "path"),
                        oneOf(Way.class, json, "way"));
            case "duplicate" -> new Event.Duplicate(id(json), node(json, "from"), json.integer("hops"));
            case "relayed" -> new Event.Relayed(id(json), nodes(json, "to"), json.integer("round"));
            case "refused" -> new Event.Refused(json.text("reason"));
            case "forgotten" -> new Event.Forgotten(json.integer("rumors"));
            case "ownLost" ->
                new Event.OwnLost(
                        node(json, "from"), json.whole("messages"), json.has("keys") ? json.whole("keys") : 0);
            case "differed" -> new Event.Differed(node(json, "partner"));
            case "converged" ->
                new Event.Converged(
                        id(json), json.integer("reached"), json.whole("micros"), json.integer("duplicates"));
            case "overflowed" -> new Event.Overflowed(node(json, "to"), json.whole("messages"));
            case "faultBegan" -> new Event.FaultBegan(json.text("fault"), json.text("what"), json.whole("forNanos"));
            case "faultEnded" -> new Event.FaultEnded(json.text("fault"), json.text("reason"));
            case "memberAdded" -> new Event.MemberAdded(node(json, "member"));
            case "memberDismissed" -> new Event.MemberDismissed(node(json, "member"));
            case "linkUp" -> new Event.LinkUp(node(json, "neighbour"), oneOf(LinkReason.class, json, "reason"));
            case "linkDown" -> new Event.LinkDown(node(json, "neighbour"), oneOf(LinkLoss.class, json, "reason"));
            case "suspected" -> new Event.Suspected(node(json, "neighbour"), json.integer("intervals"));
            case "cleared" -> new Event.Cleared(node(json, "neighbour"));
            case "silent" -> new Event.Silent(node(json, "neighbour"));
            case "reappeared" -> new Event.Reappeared(node(json, "neighbour"));
            default -> {
                Event event = StateJson.read(name, json);
                event = event == null ? MembershipTrace.read(name, json) : event;
                if (event == null) {
                    throw new WireException("'" + name + "' is not a signal");
                }
                yield event;
            }
        };
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
    private static NodeId address(String text) throws WireException {
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

    private static RumorId id(JsonObject json) throws WireException {
        return RumorId.parse(json.text("id"));
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, JsonObject json, String name) throws WireException {
        String text = json.text(name);
        for (E value : type.getEnumConstants()) {
            if (camel(value).equals(text)) {
                return value;
            }
        }
        throw new WireException("'" + name + "' cannot be '" + text + "'");
    }

    /** {@code ANTI_ENTROPY} as {@code antiEntropy}. */
    private static String camel(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        boolean isUpper = false;
        for (char c : value.name().toCharArray()) {
            if (c == '_') {
                isUpper = true;
            } else {
                text.append(isUpper ? c : Character.toLowerCase(c));
                isUpper = false;
            }
        }
        return text.toString();
    }
}
