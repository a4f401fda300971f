package dev.hearsay.live.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.wire.Json;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /members}: who is a member and, where seeds decide it, by whose signatures; who was removed is shown as well. */
final class MembersPage {

    private MembersPage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        Json.Body body = json -> {
            json.writeStartObject();
            json.writeStringField("node", view.address().toString());
            switch (driver.machine()) {
                case Node node -> write(node.peerList(), node.members(), json);
                case Seed seed -> write(seed.peerList(), seed.peerList().members(), json);
                default -> throw new IllegalStateException("neither a node nor a seed");
            }
            json.writeEndObject();
        };
        PagedResponse.sendWhole(request, body, host, readers);
    }

    private static void write(@Nullable PeerList list, List<NodeId> members, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("members");
        if (list == null) {
            for (NodeId member : members) {
                json.writeStartObject();
                json.writeStringField("peer", member.toString());
                json.writeStringField("state", "member");
                json.writeEndObject();
            }
        } else {
            for (Certificate certificate : list.records()) {
                write(certificate, json);
            }
        }
        json.writeEndArray();
        if (list != null) {
            json.writeStringField("hash", String.format("%016x", list.hash()));
        }
    }

    private static void write(Certificate certificate, JsonGenerator json) throws IOException {
        var statement = certificate.statement();
        json.writeStartObject();
        json.writeStringField("peer", statement.peer().toString());
        json.writeStringField("state", statement.change() == Change.REGISTER ? "member" : "removed");
        json.writeNumberField("incarnation", statement.incarnation());
        json.writeStringField("key", statement.key().toString());
        Json.array(
                "signedBy",
                certificate.votes(),
                json,
                vote -> json.writeString(vote.seed().toString()));
        json.writeEndObject();
    }
}
