package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the fields of the messages about membership; {@link MembershipReader} reads them. */
final class MembershipWriter {

    private MembershipWriter() {}

    static void writeFields(Message message, JsonGenerator json) throws IOException {
        switch (message) {
            case SuspicionProtocol.SuspectQuery(Statement registration) -> statement("statement", registration, json);
            case SuspicionProtocol.SuspectReply(Statement registration, Signature confirmation) -> {
                statement("statement", registration, json);
                signature("confirmation", confirmation, json);
            }
            case RegistrationProtocol.RegisterRequest request -> request(request, json);
            case VotingProtocol.ProposeRegister(RegistrationProtocol.RegisterRequest request) -> request(request, json);
            case VotingProtocol.Vote(Statement statement, Signature yes, String reason) -> {
                statement("statement", statement, json);
                json.writeStringField("vote", yes == null ? "NO" : "YES");
                signature("signature", yes, json);
                if (yes == null) {
                    json.writeStringField("reason", reason);
                }
            }
            case RegistrationProtocol.RegisterAck ack -> {
                json.writeStringField("seedKey", ack.seedKey().toString());
                certificate("certificate", ack.certificate(), json);
            }
            case RegistrationProtocol.RegisterNack nack -> {
                json.writeStringField("seedKey", nack.seedKey().toString());
                statement("statement", nack.statement(), json);
                json.writeStringField("reason", nack.reason());
                json.writeNumberField("incarnation", nack.incarnation());
            }
            case PeerListProtocol.PeerListRequest(PeerListProtocol.Edition edition) -> edition(edition, json);
            case PeerListProtocol.Sync sync -> {
                json.writeStringField("seedKey", sync.seedKey().toString());
                edition(sync.edition(), json);
            }
            case PeerListProtocol.PeerList list -> {
                json.writeStringField("seedKey", list.seedKey().toString());
                json.writeNumberField("since", list.since());
                edition(list.edition(), json);
                json.writeArrayFieldStart("certificates");
                for (Certificate certificate : list.certificates()) {
                    json.writeStartObject();
                    certificateFields(certificate, json);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeBooleanField("more", list.more());
            }
            case DeclarationProtocol.Declare(Declaration declaration) -> declaration("declaration", declaration, json);
            case RemovalProtocol.DeadNodeReport report -> report(report, json);
            case VotingProtocol.ProposeRemove(RemovalProtocol.DeadNodeReport report) -> report(report, json);
            case RemovalProtocol.RemovalNotify(Certificate certificate) ->
                certificate("certificate", certificate, json);
            default -> throw new IllegalArgumentException("not about membership: " + message);
        }
    }

    private static void request(RegistrationProtocol.RegisterRequest request, JsonGenerator json) throws IOException {
        statement("statement", request.statement(), json);
        signature("proof", request.proof(), json);
        json.writeStringField("secret", request.secret());
    }

    private static void report(RemovalProtocol.DeadNodeReport report, JsonGenerator json) throws IOException {
        statement("statement", report.removal(), json);
        json.writeStringField("text", report.text());
        if (report.declaration() != null) {
            declaration("jury", report.declaration(), json);
        }
        json.writeArrayFieldStart("confirmations");
        for (RemovalProtocol.Confirmation confirmation : report.confirmations()) {
            json.writeStartObject();
            json.writeStringField("juror", confirmation.witness().toString());
            signature("signature", confirmation.signature(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void edition(PeerListProtocol.Edition edition, JsonGenerator json) throws IOException {
        json.writeStringField("edition", hex(edition.epoch()));
        json.writeNumberField("revision", edition.revision());
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }

    static void statement(String name, Statement statement, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("change", statement.change().name().toLowerCase(Locale.ROOT));
        json.writeStringField("peer", statement.peer().toString());
        json.writeNumberField("incarnation", statement.incarnation());
        json.writeStringField("key", statement.key().toString());
        json.writeEndObject();
    }

    static void certificate(String name, Certificate certificate, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        certificateFields(certificate, json);
        json.writeEndObject();
    }

    private static void certificateFields(Certificate certificate, JsonGenerator json) throws IOException {
        statement("statement", certificate.statement(), json);
        json.writeArrayFieldStart("votes");
        for (Certificate.Vote vote : certificate.votes()) {
            json.writeStartObject();
            json.writeStringField("seed", vote.seed().toString());
            signature("signature", vote.signature(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void declaration(String name, Declaration declaration, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        statement("statement", declaration.registration(), json);
        json.writeNumberField("number", declaration.number());
        nodes("neighbours", declaration.neighbours(), json);
        signature("signature", declaration.signature(), json);
        json.writeEndObject();
    }

    private static void nodes(String name, List<NodeId> nodes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (NodeId node : nodes) {
            json.writeString(node.toString());
        }
        json.writeEndArray();
    }

    /** Nothing at all for null. */
    static void signature(String name, @Nullable Signature signature, JsonGenerator json) throws IOException {
        if (signature != null) {
            json.writeBinaryField(name, signature.toBytes());
        }
    }
}
