package dev.hearsay.wire;

import static dev.hearsay.wire.MessageJson.expect;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of the messages about membership. */
final class MembershipReader {

    /** What these messages have; what is nested in them is not asked for here. */
    static final Set<String> FIELDS = Set.of(
            "life",
            "statement",
            "confirmation",
            "proof",
            "secret",
            "vote",
            "signature",
            "reason",
            "seedKey",
            "certificate",
            "incarnation",
            "edition",
            "revision",
            "since",
            "certificates",
            "declaration",
            "confirmations",
            "text",
            "jury");

    private MembershipReader() {}

    /** The message of that type; null if there is no such type. */
    static @Nullable Message read(String type, JsonObject json, boolean more) throws WireException {
        return switch (type) {
            case "SUSPECT_QUERY" -> new SuspicionProtocol.SuspectQuery(statement(json, "statement"));
            case "SUSPECT_REPLY" ->
                new SuspicionProtocol.SuspectReply(statement(json, "statement"), signatureOrNull(json, "confirmation"));
            case "REGISTER_REQUEST" -> request(json);
            case "PROPOSE_REGISTER" -> new VotingProtocol.ProposeRegister(request(json));
            case "VOTE" -> vote(json);
            case "REGISTER_ACK" ->
                new RegistrationProtocol.RegisterAck(key(json, "seedKey"), certificate(json.object("certificate")));
            case "REGISTER_NACK" ->
                new RegistrationProtocol.RegisterNack(
                        key(json, "seedKey"),
                        statement(json, "statement"),
                        json.text("reason"),
                        json.whole("incarnation"));
            case "PEER_LIST_REQUEST" -> new PeerListProtocol.PeerListRequest(edition(json));
            case "SYNC" -> new PeerListProtocol.Sync(key(json, "seedKey"), edition(json));
            case "PEER_LIST" -> {
                List<Certificate> certificates = new ArrayList<>();
                for (JsonObject certificate : json.objects("certificates")) {
                    certificates.add(certificate(certificate));
                }
                yield new PeerListProtocol.PeerList(
                        key(json, "seedKey"), json.whole("since"), edition(json), certificates, more);
            }
            case "DECLARE" -> new DeclarationProtocol.Declare(declaration(json.object("declaration")));
            case "DEAD_NODE_REPORT" -> report(json);
            case "PROPOSE_REMOVE" -> new VotingProtocol.ProposeRemove(report(json));
            case "REMOVAL_NOTIFY" -> new RemovalProtocol.RemovalNotify(certificate(json.object("certificate")));
            default -> null;
        };
    }

    private static RegistrationProtocol.RegisterRequest request(JsonObject json) throws WireException {
        return new RegistrationProtocol.RegisterRequest(
                statement(json, "statement"), signature(json, "proof"), json.has("secret") ? json.text("secret") : "");
    }

    private static VotingProtocol.Vote vote(JsonObject json) throws WireException {
        String vote = json.text("vote");
        boolean isYes = vote.equals("YES");
        expect(isYes || vote.equals("NO"), "'vote' must be YES or NO");
        return new VotingProtocol.Vote(
                statement(json, "statement"),
                isYes ? signature(json, "signature") : null,
                isYes ? "" : json.text("reason"));
    }

    private static RemovalProtocol.DeadNodeReport report(JsonObject json) throws WireException {
        List<RemovalProtocol.Confirmation> confirmations = new ArrayList<>();
        for (JsonObject confirmation : json.objects("confirmations")) {
            confirmations.add(new RemovalProtocol.Confirmation(
                    node(confirmation, "juror"), signature(confirmation, "signature")));
        }
        return new RemovalProtocol.DeadNodeReport(
                statement(json, "statement"),
                json.text("text"),
                json.has("jury") ? declaration(json.object("jury")) : null,
                confirmations);
    }

    private static PeerListProtocol.Edition edition(JsonObject json) throws WireException {
        return new PeerListProtocol.Edition(MessageReader.hex(json.text("edition"), "edition"), json.whole("revision"));
    }

    static Statement statement(JsonObject json, String name) throws WireException {
        JsonObject statement = json.object(name);
        String change = statement.text("change");
        boolean isRegistration = change.equals("register");
        expect(isRegistration || change.equals("remove"), "'change' must be register or remove");
        return new Statement(
                isRegistration ? Change.REGISTER : Change.REMOVE,
                node(statement, "peer"),
                statement.whole("incarnation"),
                key(statement, "key"));
    }

    static Certificate certificate(JsonObject json) throws WireException {
        List<Certificate.Vote> votes = new ArrayList<>();
        for (JsonObject vote : json.objects("votes")) {
            votes.add(new Certificate.Vote(node(vote, "seed"), signature(vote, "signature")));
        }
        return new Certificate(statement(json, "statement"), votes);
    }

    private static Declaration declaration(JsonObject json) throws WireException {
        List<NodeId> neighbours = new ArrayList<>();
        List<String> texts = json.texts("neighbours");
        expect(
                texts.size() <= Declaration.NEIGHBOURS_MAX,
                "a declaration has up to " + Declaration.NEIGHBOURS_MAX + " neighbours");
        for (String neighbour : texts) {
            neighbours.add(NodeId.parse(neighbour));
        }
        return new Declaration(
                statement(json, "statement"), json.whole("number"), neighbours, signature(json, "signature"));
    }

    private static NodeId node(JsonObject json, String name) throws WireException {
        return NodeId.parse(json.text(name));
    }

    private static PublicKey key(JsonObject json, String name) throws WireException {
        return PublicKey.parse(json.text(name));
    }

    static Signature signature(JsonObject json, String name) throws WireException {
        return Signature.of(Base64.getDecoder().decode(json.text(name)));
    }

    static @Nullable Signature signatureOrNull(JsonObject json, String name) throws WireException {
        return json.has(name) ? signature(json, name) : null;
    }
}
