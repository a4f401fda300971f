package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.math.Ranges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts as recordings have them: {@link FactJson} for those that stores keep as JSON too, rumors as the messages that carry them. */
final class RecordedFactJson {

    private RecordedFactJson() {}

    static void write(Fact fact, MessageJson messages, JsonGenerator json) throws IOException {
        switch (fact) {
            case RumorProtocol.Began(Origin origin) -> {
                json.writeStringField("fact", "began");
                origin(origin, json);
            }
            case RumorProtocol.Accepted(RelayedRumor carried) -> {
                json.writeStringField("fact", "accepted");
                // On the wire every rumor has made at least one hop; its origin's own has made none.
                InputJson.message(
                        new RumorProtocol.Gossip(new RelayedRumor(carried.rumor(), 1, List.of())), messages, json);
            }
            case RumorProtocol.Heard(RelayedRumor carried, NodeId from, long receivedMicros) ->
                heard("heard", carried, from, receivedMicros, messages, json);
            case RumorProtocol.Kept(RelayedRumor carried, NodeId from, long receivedMicros) ->
                heard("kept", carried, from, receivedMicros, messages, json);
            case RumorProtocol.Shortened(RumorId id, int hops, List<NodeId> path) -> {
                json.writeStringField("fact", "shortened");
                json.writeStringField("id", id.toString());
                json.writeNumberField("hops", hops);
                TraceJson.nodes("path", path, json);
            }
            case RumorProtocol.Read(List<RumorId> ids) -> {
                json.writeStringField("fact", "read");
                ids(ids, json);
            }
            case RumorProtocol.Forgot(Origin origin, long upTo, Ranges seen) -> {
                json.writeStringField("fact", "forgot");
                origin(origin, json);
                json.writeNumberField("upTo", upTo);
                StateJson.ranges("seen", seen, json);
            }
            case MembershipProtocol.Admitted(NodeId member) -> {
                json.writeStringField("fact", "admitted");
                json.writeStringField("member", member.toString());
            }
            case StateProtocol.Dropped(String key) -> {
                json.writeStringField("fact", "dropped");
                json.writeStringField("key", key);
            }
            case StateProtocol.Wrote(Entry entry, @Nullable Entry previous) -> {
                json.writeStringField("fact", "wrote");
                json.writeFieldName("entry");
                StateJson.entry(entry, json);
                if (previous != null) {
                    json.writeFieldName("previous");
                    StateJson.entry(previous, json);
                }
            }
            default -> {
                FactJson.Row row = FactJson.write(fact);
                json.writeStringField("fact", row.kind());
                json.writeFieldName("row");
                json.writeRawValue(row.body());
            }
        }
    }

    private static void heard(
            String name,
            RelayedRumor carried,
            NodeId from,
            long receivedMicros,
            MessageJson messages,
            JsonGenerator json)
            throws IOException {
        json.writeStringField("fact", name);
        json.writeStringField("from", from.toString());
        json.writeNumberField("receivedMicros", receivedMicros);
        InputJson.message(new RumorProtocol.Gossip(carried), messages, json);
    }

    private static void origin(Origin origin, JsonGenerator json) throws IOException {
        json.writeStringField("origin", origin.node().toString());
        json.writeStringField("epoch", StateJson.hex(origin.epoch()));
    }

    static void ids(List<RumorId> ids, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("ids");
        for (RumorId id : ids) {
            json.writeString(id.toString());
        }
        json.writeEndArray();
    }

    /** The fact of a line whose message, if it has one, was read before. */
    static Fact read(JsonObject json, @Nullable Message message) throws WireException {
        String name = json.text("fact");
        return switch (name) {
            case "began" -> new RumorProtocol.Began(origin(json));
            case "accepted" ->
                new RumorProtocol.Accepted(new RelayedRumor(carried(message).rumor(), 0, List.of()));
            case "heard" ->
                new RumorProtocol.Heard(carried(message), TraceJson.node(json, "from"), json.whole("receivedMicros"));
            case "kept" ->
                new RumorProtocol.Kept(carried(message), TraceJson.node(json, "from"), json.whole("receivedMicros"));
            case "shortened" ->
                new RumorProtocol.Shortened(
                        RumorId.parse(json.text("id")), json.integer("hops"), TraceJson.nodes(json, "path"));
            case "read" -> new RumorProtocol.Read(ids(json));
            case "forgot" -> new RumorProtocol.Forgot(origin(json), json.whole("upTo"), StateJson.ranges(json, "seen"));
            case "admitted" -> new MembershipProtocol.Admitted(TraceJson.node(json, "member"));
            case "dropped" -> new StateProtocol.Dropped(json.text("key"));
            case "wrote" ->
                new StateProtocol.Wrote(
                        StateJson.entry(json.object("entry")),
                        json.has("previous") ? StateJson.entry(json.object("previous")) : null);
            default -> FactJson.read(name, json.object("row"));
        };
    }

    private static Origin origin(JsonObject json) throws WireException {
        return new Origin(TraceJson.node(json, "origin"), MessageReader.hex(json.text("epoch"), "epoch"));
    }

    private static RelayedRumor carried(@Nullable Message message) throws WireException {
        if (message instanceof RumorProtocol.Gossip(RelayedRumor carried)) {
            return carried;
        }
        throw new WireException("'message' must be a GOSSIP");
    }

    static List<RumorId> ids(JsonObject json) throws WireException {
        List<RumorId> ids = new ArrayList<>();
        for (String id : json.texts("ids")) {
            ids.add(RumorId.parse(id));
        }
        return ids;
    }
}
