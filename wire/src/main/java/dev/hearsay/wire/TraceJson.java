package dev.hearsay.wire;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.SuspicionProtocol;
import java.util.ArrayList;
import java.util.List;

/**
 * The trace, version 1: one event of one node per line, as live nodes, the simulator and the visualizer write it.
 *
 * <p>{@code {"v":1,"at":1767323045678901,"node":"127.0.0.1:7001","event":"duplicate","id":"…","from":"127.0.0.1:7002","hops":2}}
 */
public final class TraceJson {

    private static final int VERSION = 1;

    /** As the first version called it. */
    static final String SUSPICION_DECIDED = "jurySpoke";

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
            EventJson.write(event, json);
            json.writeEndObject();
        });
    }

    /** The event's name in the trace. */
    public static String name(Event event) {
        return event instanceof SuspicionProtocol.SuspicionDecided
                ? SUSPICION_DECIDED
                : Variants.nameOf(event.getClass());
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
