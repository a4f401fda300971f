package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Signal.LinkLoss;
import dev.hearsay.core.Signal.LinkReason;
import dev.hearsay.core.Signal.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The trace, version 1: one signal of one node per line, as live nodes, the simulator and the visualizer write it.
 *
 * <p>{@code {"v":1,"at":1767323045678901,"node":"127.0.0.1:7001","signal":"duplicate","id":"…","from":"127.0.0.1:7002","hops":2}}
 */
public final class TraceJson {

    private static final int VERSION = 1;

    /**
     * What a line says.
     *
     * @param atMicros since 1970 if live, or of simulated time
     */
    public record Line(long atMicros, NodeId node, Signal signal) {
        public Line {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(signal, "signal");
        }
    }

    private TraceJson() {}

    /** The signal on one line, without a line break. */
    public static String write(long atMicros, NodeId node, Signal signal) {
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeNumberField("at", atMicros);
            json.writeStringField("node", node.toString());
            json.writeStringField("signal", name(signal));
            writeFields(signal, json);
            json.writeEndObject();
        });
    }

    /** The signal's name in the trace. */
    public static String name(Signal signal) {
        return switch (signal) {
            case Signal.Started s -> "started";
            case Signal.Departed s -> "departed";
            case Signal.Stopped s -> "stopped";
            case Signal.Published s -> "published";
            case Signal.Delivered s -> "delivered";
            case Signal.Duplicate s -> "duplicate";
            case Signal.Relayed s -> "relayed";
            case Signal.Refused s -> "refused";
            case Signal.Forgotten s -> "forgotten";
            case Signal.OwnLost s -> "ownLost";
            case Signal.Differed s -> "differed";
            case Signal.Converged s -> "converged";
            case Signal.Overflowed s -> "overflowed";
            case Signal.FaultBegan s -> "faultBegan";
            case Signal.FaultEnded s -> "faultEnded";
            case Signal.MemberAdded s -> "memberAdded";
            case Signal.MemberDismissed s -> "memberDismissed";
            case Signal.LinkUp s -> "linkUp";
            case Signal.LinkDown s -> "linkDown";
            case Signal.Suspected s -> "suspected";
            case Signal.Cleared s -> "cleared";
            case Signal.Silent s -> "silent";
            case Signal.Reappeared s -> "reappeared";
            default -> {
                String name = StateJson.name(signal);
                yield name == null ? MembershipTrace.name(signal) : name;
            }
        };
    }

    private static void writeFields(Signal signal, JsonGenerator json) throws IOException {
        switch (signal) {
            case Signal.Started(List<NodeId> neighbours, int remembered) -> {
                nodes("neighbours", neighbours, json);
                json.writeNumberField("remembered", remembered);
            }
            case Signal.Departed s -> {}
            case Signal.Stopped s -> {}
            case Signal.Published(RumorId id, long sequence, int bytes) -> {
                json.writeStringField("id", id.toString());
                json.writeNumberField("sequence", sequence);
                json.writeNumberField("bytes", bytes);
            }
            case Signal.Delivered(var id, var origin, var from, int hops, var path, Way way) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("origin", origin.toString());
                json.writeStringField("from", from.toString());
                json.writeNumberField("hops", hops);
                nodes("path", path, json);
                json.writeStringField("way", camel(way));
            }
            case Signal.Duplicate(RumorId id, NodeId from, int hops) -> {
                json.writeStringField("id", id.toString());
                json.writeStringField("from", from.toString());
                json.writeNumberField("hops", hops);
            }
            case Signal.Relayed(RumorId id, List<NodeId> to, int round) -> {
                json.writeStringField("id", id.toString());
                nodes("to", to, json);
                json.writeNumberField("round", round);
            }
            case Signal.Refused(String reason) -> json.writeStringField("reason", reason);
            case Signal.Forgotten(int rumors) -> json.writeNumberField("rumors", rumors);
            case Signal.OwnLost(NodeId from, long messages) -> {
                json.writeStringField("from", from.toString());
                json.writeNumberField("messages", messages);
            }
            case Signal.Differed(NodeId partner) -> json.writeStringField("partner", partner.toString());
            case Signal.Converged(RumorId id, int reached, long micros, int duplicates) -> {
                json.writeStringField("id", id.toString());
                json.writeNumberField("reached", reached);
                json.writeNumberField("micros", micros);
                json.writeNumberField("duplicates", duplicates);
            }
            case Signal.Overflowed(NodeId to, long messages) -> {
                json.writeStringField("to", to.toString());
                json.writeNumberField("messages", messages);
            }
            case Signal.FaultBegan(String fault, String what, long forNanos) -> {
                json.writeStringField("fault", fault);
                json.writeStringField("what", what);
                json.writeNumberField("forNanos", forNanos);
            }
            case Signal.FaultEnded(String fault, String reason) -> {
                json.writeStringField("fault", fault);
                json.writeStringField("reason", reason);
            }
            case Signal.MemberAdded(NodeId member) -> json.writeStringField("member", member.toString());
            case Signal.MemberDismissed(NodeId member) -> json.writeStringField("member", member.toString());
            case Signal.LinkUp(NodeId neighbour, LinkReason reason) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeStringField("reason", camel(reason));
            }
            case Signal.LinkDown(NodeId neighbour, LinkLoss reason) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeStringField("reason", camel(reason));
            }
            case Signal.Suspected(NodeId neighbour, int intervals) -> {
                json.writeStringField("neighbour", neighbour.toString());
                json.writeNumberField("intervals", intervals);
            }
            case Signal.Cleared(NodeId neighbour) -> json.writeStringField("neighbour", neighbour.toString());
            case Signal.Silent(NodeId neighbour) -> json.writeStringField("neighbour", neighbour.toString());
            case Signal.Reappeared(NodeId neighbour) -> json.writeStringField("neighbour", neighbour.toString());
            default -> {
                if (StateJson.name(signal) == null) {
                    MembershipTrace.writeFields(signal, json);
                } else {
                    StateJson.writeFields(signal, json);
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
            return new Line(json.whole("at"), node(json, "node"), signal(json));
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Signal signal(JsonObject json) throws WireException {
        String name = json.text("signal");
        return switch (name) {
            case "started" -> new Signal.Started(nodes(json, "neighbours"), json.integer("remembered"));
            case "departed" -> new Signal.Departed();
            case "stopped" -> new Signal.Stopped();
            case "published" -> new Signal.Published(id(json), json.whole("sequence"), json.integer("bytes"));
            case "delivered" ->
                new Signal.Delivered(
                        id(json),
                        node(json, "origin"),
                        node(json, "from"),
                        json.integer("hops"),
                        nodes(json, "path"),
                        oneOf(Way.class, json, "way"));
            case "duplicate" -> new Signal.Duplicate(id(json), node(json, "from"), json.integer("hops"));
            case "relayed" -> new Signal.Relayed(id(json), nodes(json, "to"), json.integer("round"));
            case "refused" -> new Signal.Refused(json.text("reason"));
            case "forgotten" -> new Signal.Forgotten(json.integer("rumors"));
            case "ownLost" -> new Signal.OwnLost(node(json, "from"), json.whole("messages"));
            case "differed" -> new Signal.Differed(node(json, "partner"));
            case "converged" ->
                new Signal.Converged(
                        id(json), json.integer("reached"), json.whole("micros"), json.integer("duplicates"));
            case "overflowed" -> new Signal.Overflowed(node(json, "to"), json.whole("messages"));
            case "faultBegan" -> new Signal.FaultBegan(json.text("fault"), json.text("what"), json.whole("forNanos"));
            case "faultEnded" -> new Signal.FaultEnded(json.text("fault"), json.text("reason"));
            case "memberAdded" -> new Signal.MemberAdded(node(json, "member"));
            case "memberDismissed" -> new Signal.MemberDismissed(node(json, "member"));
            case "linkUp" -> new Signal.LinkUp(node(json, "neighbour"), oneOf(LinkReason.class, json, "reason"));
            case "linkDown" -> new Signal.LinkDown(node(json, "neighbour"), oneOf(LinkLoss.class, json, "reason"));
            case "suspected" -> new Signal.Suspected(node(json, "neighbour"), json.integer("intervals"));
            case "cleared" -> new Signal.Cleared(node(json, "neighbour"));
            case "silent" -> new Signal.Silent(node(json, "neighbour"));
            case "reappeared" -> new Signal.Reappeared(node(json, "neighbour"));
            default -> {
                Signal signal = StateJson.read(name, json);
                signal = signal == null ? MembershipTrace.read(name, json) : signal;
                if (signal == null) {
                    throw new WireException("'" + name + "' is not a signal");
                }
                yield signal;
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
