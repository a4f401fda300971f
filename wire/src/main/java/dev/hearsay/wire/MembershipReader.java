package dev.hearsay.wire;

import static dev.hearsay.wire.MessageJson.expect;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the messages about membership, which are rare; {@link MembershipWriter} writes them, in browsers as well. */
final class MembershipReader {

    private static final Map<String, Class<? extends Message>> TYPES = Map.ofEntries(
            Map.entry("SUSPECT_QUERY", SuspicionProtocol.SuspectQuery.class),
            Map.entry("SUSPECT_REPLY", SuspicionProtocol.SuspectReply.class),
            Map.entry("REGISTER_REQUEST", RegistrationProtocol.RegisterRequest.class),
            Map.entry("PROPOSE_REGISTER", VotingProtocol.ProposeRegister.class),
            Map.entry("VOTE", VotingProtocol.Vote.class),
            Map.entry("REGISTER_ACK", RegistrationProtocol.RegisterAck.class),
            Map.entry("REGISTER_NACK", RegistrationProtocol.RegisterNack.class),
            Map.entry("PEER_LIST_REQUEST", PeerListProtocol.PeerListRequest.class),
            Map.entry("SYNC", PeerListProtocol.Sync.class),
            Map.entry("PEER_LIST", PeerListProtocol.PeerList.class),
            Map.entry("DECLARE", DeclarationProtocol.Declare.class),
            Map.entry("DEAD_NODE_REPORT", RemovalProtocol.DeadNodeReport.class),
            Map.entry("PROPOSE_REMOVE", VotingProtocol.ProposeRemove.class),
            Map.entry("REMOVAL_NOTIFY", RemovalProtocol.RemovalNotify.class));

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

    private static final RecordJson JSON = new RecordJson()
            .text(Signature.class, CoreJson::base64, CoreJson::signature)
            .named(SuspicionProtocol.Messages.class, "registration", "statement")
            .nullable(SuspicionProtocol.SuspectReply.class, "confirmation")
            .usual(RegistrationProtocol.RegisterRequest.class, "secret", "")
            .inline(VotingProtocol.Messages.class, "request", "report")
            .fields(VotingProtocol.Vote.class, (vote, json) -> {}, MembershipReader::vote)
            .inline(Message.class, "edition")
            .named(PeerListProtocol.Edition.class, "epoch", "edition")
            .text(PeerListProtocol.Edition.class, "epoch", StateJson::hex, text -> MessageReader.hex(text, "edition"))
            .usual(PeerListProtocol.PeerList.class, "more", false)
            .named(RemovalProtocol.DeadNodeReport.class, "removal", "statement")
            .named(RemovalProtocol.DeadNodeReport.class, "declaration", "jury")
            .nullable(RemovalProtocol.DeadNodeReport.class, "declaration")
            .named(RemovalProtocol.Confirmation.class, "witness", "juror")
            .named(Declaration.class, "registration", "statement")
            .<List<NodeId>>fields(Declaration.class, "neighbours", (nodes, json) -> {}, MembershipReader::neighbours);

    /** A vote as it is read: with a signature or with a reason. */
    private record Ballot(Statement statement, String vote) {}

    private MembershipReader() {}

    /** The message of that type; null if there is no such type. */
    static @Nullable Message read(String type, JsonObject json) throws WireException {
        Class<? extends Message> message = TYPES.get(type);
        return message == null ? null : JSON.read(message, json);
    }

    private static List<NodeId> neighbours(JsonObject json) throws WireException {
        List<String> texts = json.texts("neighbours");
        expect(
                texts.size() <= Declaration.NEIGHBOURS_MAX,
                "a declaration has up to " + Declaration.NEIGHBOURS_MAX + " neighbours");
        return texts.stream().map(NodeId::parse).toList();
    }

    private static VotingProtocol.Vote vote(JsonObject json) throws WireException {
        Ballot ballot = JSON.read(Ballot.class, json);
        boolean isYes = ballot.vote().equals("YES");
        expect(isYes || ballot.vote().equals("NO"), "'vote' must be YES or NO");
        return new VotingProtocol.Vote(
                ballot.statement(),
                isYes ? CoreJson.signature(json.text("signature")) : null,
                isYes ? "" : json.text("reason"));
    }
}
