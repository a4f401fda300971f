package dev.hearsay.wire;

import static dev.hearsay.wire.MessageWriter.type;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the fields of the messages about membership; {@link MembershipReader} reads them. */
final class MembershipWriter {

    private MembershipWriter() {}

    static void write(SuspicionProtocol.Messages message, JsonGenerator json) throws IOException {
        switch (message) {
            case SuspicionProtocol.SuspectQuery(Statement registration) -> {
                type("SUSPECT_QUERY", json);
                statement("statement", registration, json);
            }
            case SuspicionProtocol.SuspectReply(Statement registration, Signature confirmation) -> {
                type("SUSPECT_REPLY", json);
                statement("statement", registration, json);
                signature("confirmation", confirmation, json);
            }
        }
    }

    static void write(RegistrationProtocol.Requests message, JsonGenerator json) throws IOException {
        switch (message) {
            case RegistrationProtocol.RegisterRequest request -> request("REGISTER_REQUEST", request, json);
        }
    }

    static void write(RegistrationProtocol.Answers message, JsonGenerator json) throws IOException {
        switch (message) {
            case RegistrationProtocol.RegisterAck ack -> {
                type("REGISTER_ACK", json);
                json.writeStringField("seedKey", ack.seedKey().toString());
                certificate("certificate", ack.certificate(), json);
            }
            case RegistrationProtocol.RegisterNack nack -> {
                type("REGISTER_NACK", json);
                json.writeStringField("seedKey", nack.seedKey().toString());
                statement("statement", nack.statement(), json);
                json.writeStringField("reason", nack.reason());
                json.writeNumberField("incarnation", nack.incarnation());
            }
        }
    }

    static void write(VotingProtocol.Messages message, JsonGenerator json) throws IOException {
        switch (message) {
            case VotingProtocol.ProposeRegister(var request) -> request("PROPOSE_REGISTER", request, json);
            case VotingProtocol.ProposeRemove(var report) -> report("PROPOSE_REMOVE", report, json);
            case VotingProtocol.Vote(Statement statement, Signature yes, String reason) -> {
                type("VOTE", json);
                statement("statement", statement, json);
                json.writeStringField("vote", yes == null ? "NO" : "YES");
                signature("signature", yes, json);
                if (yes == null) {
                    json.writeStringField("reason", reason);
                }
            }
        }
    }

    static void write(PeerListProtocol.Requests message, JsonGenerator json) throws IOException {
        switch (message) {
            case PeerListProtocol.PeerListRequest(PeerListProtocol.Edition edition) -> {
                type("PEER_LIST_REQUEST", json);
                edition(edition, json);
            }
            case PeerListProtocol.Sync sync -> {
                type("SYNC", json);
                json.writeStringField("seedKey", sync.seedKey().toString());
                edition(sync.edition(), json);
            }
        }
    }

    static void write(PeerListProtocol.Answers message, JsonGenerator json) throws IOException {
        switch (message) {
            case PeerListProtocol.PeerList list -> {
                type("PEER_LIST", json);
                json.writeStringField("seedKey", list.seedKey().toString());
                json.writeNumberField("since", list.since());
                edition(list.edition(), json);
                Json.objects("certificates", list.certificates(), json, each -> certificateFields(each, json));
                json.writeBooleanField("more", list.more());
            }
        }
    }

    static void write(DeclarationProtocol.Messages message, JsonGenerator json) throws IOException {
        switch (message) {
            case DeclarationProtocol.Declare(Declaration declaration) -> {
                type("DECLARE", json);
                declaration("declaration", declaration, json);
            }
        }
    }

    static void write(RemovalProtocol.Reports message, JsonGenerator json) throws IOException {
        switch (message) {
            case RemovalProtocol.DeadNodeReport report -> report("DEAD_NODE_REPORT", report, json);
        }
    }

    static void write(RemovalProtocol.Notices message, JsonGenerator json) throws IOException {
        switch (message) {
            case RemovalProtocol.RemovalNotify(Certificate certificate) -> {
                type("REMOVAL_NOTIFY", json);
                certificate("certificate", certificate, json);
            }
        }
    }

    private static void request(String type, RegistrationProtocol.RegisterRequest request, JsonGenerator json)
            throws IOException {
        type(type, json);
        statement("statement", request.statement(), json);
        signature("proof", request.proof(), json);
        json.writeStringField("secret", request.secret());
    }

    private static void report(String type, RemovalProtocol.DeadNodeReport report, JsonGenerator json)
            throws IOException {
        type(type, json);
        statement("statement", report.removal(), json);
        json.writeStringField("text", report.text());
        if (report.declaration() != null) {
            declaration("jury", report.declaration(), json);
        }
        Json.objects("confirmations", report.confirmations(), json, confirmation -> {
            json.writeStringField("juror", confirmation.witness().toString());
            signature("signature", confirmation.signature(), json);
        });
    }

    private static void edition(PeerListProtocol.Edition edition, JsonGenerator json) throws IOException {
        json.writeStringField("edition", StateJson.hex(edition.epoch()));
        json.writeNumberField("revision", edition.revision());
    }

    static void statement(String name, Statement statement, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        statement(statement, json);
    }

    static void statement(Statement statement, JsonGenerator json) throws IOException {
        json.writeStartObject();
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
        Json.objects("votes", certificate.votes(), json, vote -> {
            json.writeStringField("seed", vote.seed().toString());
            signature("signature", vote.signature(), json);
        });
    }

    private static void declaration(String name, Declaration declaration, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        statement("statement", declaration.registration(), json);
        json.writeNumberField("number", declaration.number());
        Json.texts("neighbours", declaration.neighbours(), json);
        signature("signature", declaration.signature(), json);
        json.writeEndObject();
    }

    /** Nothing at all for null. */
    static void signature(String name, @Nullable Signature signature, JsonGenerator json) throws IOException {
        if (signature != null) {
            json.writeBinaryField(name, signature.toBytes());
        }
    }
}
