package dev.hearsay.sim;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.AntiEntropyProtocol.Want;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.CommitProtocol.Attestation;
import dev.hearsay.core.CommitProtocol.Report;
import dev.hearsay.core.CommitProtocol.Tally;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Entry;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PeerListProtocol.Edition;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RegistrationProtocol.RegisterRequest;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RemovalProtocol.Confirmation;
import dev.hearsay.core.RemovalProtocol.DeadNodeReport;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.StateProtocol.Stamped;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.math.Ranges;
import java.util.List;

/** Makes well-formed messages out of others, field by field. The switch is exhaustive, so that no kind of message is forgotten. */
final class MessageFuzzer {

    private static final Sha256 HASH = new FastHash();

    private final FieldFuzzer fields;

    MessageFuzzer(FieldFuzzer fields) {
        this.fields = fields;
    }

    /** One message of every kind, to begin with while none of that kind has been overheard. */
    static List<Message> examples(NodeId node, PublicKey key) {
        Signature signature = Signature.of(new byte[Signature.BYTES]);
        Origin origin = new Origin(node, 1);
        Ranges one = Ranges.of(1, 1);
        RelayedRumor carried = new RelayedRumor(Rumor.of(HASH, origin, 1, 1, 1, new byte[] {1}), 1, List.of(node));
        Stamp stamp = new Stamp(1, 0, node);
        Statement statement = new Statement(Change.REGISTER, node, 1, key);
        RegisterRequest request = new RegisterRequest(statement, signature, "");
        Certificate certificate = new Certificate(statement, List.of(new Certificate.Vote(node, signature)));
        DeadNodeReport report = new DeadNodeReport(
                statement.removal(),
                "",
                new Declaration(statement, 1, List.of(node), signature),
                List.of(new Confirmation(node, signature)));
        return List.of(
                new RumorProtocol.Gossip(carried),
                new AntiEntropyProtocol.Summary(1, 1, 1),
                new AntiEntropyProtocol.Digest(List.of(new Holding(origin, 1, one))),
                new AntiEntropyProtocol.Pull(List.of(new Want(origin, one))),
                new AntiEntropyProtocol.Repair(List.of(carried), false),
                new CommitProtocol.VersionNews(1, List.of(new Tally(one, one)), false),
                new CommitProtocol.Versions(List.of(new Report(one, List.of(node), null)), false),
                new StateProtocol.StateBuckets(List.of(1L)),
                new StateProtocol.StateDigest(1, "", "", List.of(new Stamped("key0", stamp))),
                new StateProtocol.Entries(List.of(new Entry("key0", new byte[] {1}, stamp)), List.of("key1"), false),
                new LinkProtocol.Link(List.of(node), true),
                new LinkProtocol.Leave(),
                new HeartbeatProtocol.Ping(1),
                new HeartbeatProtocol.Pong(1, signature),
                new SuspicionProtocol.SuspectQuery(statement),
                new SuspicionProtocol.SuspectReply(statement, signature),
                request,
                new VotingProtocol.ProposeRegister(request),
                new VotingProtocol.Vote(statement, signature, ""),
                new RegistrationProtocol.RegisterAck(key, certificate),
                new RegistrationProtocol.RegisterNack(key, statement, "no", 1),
                new PeerListProtocol.PeerListRequest(Edition.NONE),
                new PeerListProtocol.Sync(key, Edition.NONE),
                new PeerListProtocol.PeerList(key, 0, new Edition(1, 1), List.of(certificate), false),
                new DeclarationProtocol.Declare(new Declaration(statement, 1, List.of(node), signature)),
                report,
                new VotingProtocol.ProposeRemove(report),
                new RemovalProtocol.RemovalNotify(new Certificate(statement.removal(), certificate.votes())));
    }

    /** The message itself, or one in which some fields are others. */
    Message vary(Message message) {
        return fields.vary(message, this::rewrite);
    }

    private Message rewrite(Message message) {
        return switch (message) {
            case RumorProtocol.Gossip(RelayedRumor carried) -> new RumorProtocol.Gossip(carried(carried));
            case AntiEntropyProtocol.Summary(long rumors, long versions, long state, long challenge) ->
                new AntiEntropyProtocol.Summary(
                        fields.number(rumors), fields.number(versions), fields.number(state), fields.number(challenge));
            case AntiEntropyProtocol.Digest(List<Holding> holdings, long buckets, List<Long> hashes, long challenge) ->
                new AntiEntropyProtocol.Digest(
                        fields.list(holdings, this::holding),
                        fields.number(buckets),
                        fields.list(hashes, fields::number),
                        fields.number(challenge));
            case AntiEntropyProtocol.Pull(List<Want> wants) ->
                new AntiEntropyProtocol.Pull(fields.list(wants, this::want));
            case AntiEntropyProtocol.Repair(List<RelayedRumor> rumors, boolean more) ->
                new AntiEntropyProtocol.Repair(fields.list(rumors, this::carried), fields.flag(more));
            case CommitProtocol.VersionNews(long membership, List<Tally> tallies, boolean answer) ->
                new CommitProtocol.VersionNews(
                        fields.number(membership), fields.list(tallies, this::tally), fields.flag(answer));
            case CommitProtocol.Versions(List<Report> reports, boolean answer) ->
                new CommitProtocol.Versions(fields.list(reports, this::report), fields.flag(answer));
            case StateProtocol.StateBuckets(List<Long> hashes) ->
                new StateProtocol.StateBuckets(fields.list(hashes, fields::number));
            case StateProtocol.StateDigest(long buckets, String after, String upTo, List<Stamped> entries) ->
                new StateProtocol.StateDigest(
                        fields.number(buckets),
                        fields.text(after),
                        fields.text(upTo),
                        fields.list(entries, this::stamped));
            case StateProtocol.Entries(List<Entry> entries, List<String> wants, boolean more) ->
                new StateProtocol.Entries(
                        fields.list(entries, this::entry), fields.list(wants, fields::text), fields.flag(more));
            case LinkProtocol.Link(List<NodeId> neighbours, boolean answer, boolean everybody) ->
                new LinkProtocol.Link(fields.nodes(neighbours), fields.flag(answer), fields.flag(everybody));
            case LinkProtocol.Leave leave -> leave;
            case HeartbeatProtocol.Ping(long number) -> new HeartbeatProtocol.Ping(fields.number(number));
            case HeartbeatProtocol.Pong pong -> pong(pong);
            case SuspicionProtocol.SuspectQuery(Statement registration) ->
                new SuspicionProtocol.SuspectQuery(statement(registration));
            case SuspicionProtocol.SuspectReply reply -> reply(reply);
            case RegisterRequest request -> request(request);
            case VotingProtocol.ProposeRegister(RegisterRequest request) ->
                new VotingProtocol.ProposeRegister(request(request));
            case VotingProtocol.Vote vote -> vote(vote);
            case RegistrationProtocol.RegisterAck(PublicKey seedKey, Certificate certificate) ->
                new RegistrationProtocol.RegisterAck(fields.key(seedKey), certificate(certificate));
            case RegistrationProtocol.RegisterNack(
                    PublicKey seedKey,
                    Statement asked,
                    String reason,
                    long incarnation) ->
                new RegistrationProtocol.RegisterNack(
                        fields.key(seedKey), statement(asked), fields.text(reason), fields.number(incarnation));
            case PeerListProtocol.PeerListRequest(Edition edition) ->
                new PeerListProtocol.PeerListRequest(edition(edition));
            case PeerListProtocol.Sync(PublicKey seedKey, Edition edition) ->
                new PeerListProtocol.Sync(fields.key(seedKey), edition(edition));
            case PeerListProtocol.PeerList list -> peerList(list);
            case DeclarationProtocol.Declare(Declaration declaration) ->
                new DeclarationProtocol.Declare(declaration(declaration));
            case DeadNodeReport report -> report(report);
            case VotingProtocol.ProposeRemove(DeadNodeReport report) ->
                new VotingProtocol.ProposeRemove(report(report));
            case RemovalProtocol.RemovalNotify(Certificate certificate) ->
                new RemovalProtocol.RemovalNotify(certificate(certificate));
        };
    }

    // --- Rumors, versions, entries -------------------------------------------------------------------------------

    private Origin origin(Origin old) {
        return new Origin(fields.node(old.node()), fields.number(old.epoch()));
    }

    /** Mostly one whose id is that of its content: anybody can work that out. */
    private RelayedRumor carried(RelayedRumor old) {
        Rumor rumor = old.rumor();
        Rumor other = Rumor.of(
                HASH,
                origin(rumor.origin()),
                fields.number(rumor.sequence()),
                fields.number(rumor.createdMicros()),
                fields.small(rumor.relays()),
                fields.bytes(rumor.payload()));
        if (fields.flag(false)) {
            other = new Rumor(
                    rumor.id(),
                    other.origin(),
                    other.sequence(),
                    other.createdMicros(),
                    other.relays(),
                    other.payload());
        }
        return new RelayedRumor(other, fields.small(old.hops()), fields.nodes(old.path()));
    }

    private Holding holding(Holding old) {
        return new Holding(
                origin(old.origin()), fields.number(old.floor()), fields.ranges(old.seen()), fields.ranges(old.gone()));
    }

    private Want want(Want old) {
        return new Want(origin(old.origin()), fields.ranges(old.numbers()));
    }

    private Tally tally(Tally old) {
        return new Tally(fields.ranges(old.versions()), fields.ranges(old.positions()));
    }

    private Report report(Report old) {
        Attestation known = old.attestation();
        Signature signature = fields.signature(known == null ? null : known.signature(), new byte[0]);
        return new Report(
                fields.ranges(old.versions()),
                fields.nodes(old.members()),
                signature == null ? null : new Attestation(fields.number(1), signature));
    }

    private Stamp stamp(Stamp old) {
        return new Stamp(fields.number(old.micros()), fields.number(old.count()), fields.node(old.writer()));
    }

    private Stamped stamped(Stamped old) {
        return new Stamped(fields.text(old.key()), stamp(old.stamp()));
    }

    private Entry entry(Entry old) {
        byte[] value = old.value();
        if (fields.flag(false)) {
            value = value == null ? new byte[] {1} : null;
        }
        return new Entry(fields.text(old.key()), value == null ? null : fields.bytes(value), stamp(old.stamp()));
    }

    // --- What is signed ------------------------------------------------------------------------------------------

    private Statement statement(Statement old) {
        Statement same = new Statement(
                old.change(), fields.node(old.peer()), fields.number(old.incarnation()), fields.key(old.key()));
        return fields.flag(false) ? same.removal() : same;
    }

    /** Its own proof of life is about a life of its own. */
    private Message pong(HeartbeatProtocol.Pong old) {
        long number = fields.number(old.number());
        return new HeartbeatProtocol.Pong(number, fields.signature(old.life(), new byte[0]));
    }

    private Message reply(SuspicionProtocol.SuspectReply old) {
        Statement accused = statement(old.registration());
        byte[] confirmation = accused.removal().confirmation();
        return new SuspicionProtocol.SuspectReply(accused, fields.signature(old.confirmation(), confirmation));
    }

    private RegisterRequest request(RegisterRequest old) {
        Statement statement = statement(old.statement());
        Signature proof = fields.signature(old.proof(), statement.request());
        return new RegisterRequest(statement, proof == null ? old.proof() : proof, fields.text(old.secret()));
    }

    private Message vote(VotingProtocol.Vote old) {
        Statement statement = statement(old.statement());
        Signature yes = fields.signature(old.yes(), statement.ballot());
        return new VotingProtocol.Vote(statement, yes, fields.text(old.reason()));
    }

    private Certificate certificate(Certificate old) {
        Statement statement = statement(old.statement());
        return new Certificate(statement, fields.list(old.votes(), vote -> {
            Signature signature = fields.signature(vote.signature(), statement.ballot());
            return new Certificate.Vote(fields.node(vote.seed()), signature == null ? vote.signature() : signature);
        }));
    }

    private Edition edition(Edition old) {
        return new Edition(fields.number(old.epoch()), fields.number(old.revision()));
    }

    private Message peerList(PeerListProtocol.PeerList old) {
        return new PeerListProtocol.PeerList(
                fields.key(old.seedKey()),
                fields.number(old.since()),
                edition(old.edition()),
                fields.list(old.certificates(), this::certificate),
                fields.flag(old.more()));
    }

    /** Under its own key it can sign whatever it says. */
    private Declaration declaration(Declaration old) {
        Statement registration = statement(old.registration());
        long number = fields.number(old.number());
        List<NodeId> neighbours = fields.nodes(old.neighbours());
        return fields.isReplaced()
                ? fields.declared(registration, number, neighbours, old.signature())
                : new Declaration(registration, number, neighbours, old.signature());
    }

    private DeadNodeReport report(DeadNodeReport old) {
        Statement removal = statement(old.removal());
        Declaration declaration = old.declaration();
        return new DeadNodeReport(
                removal,
                fields.text(old.text()),
                declaration == null ? null : declaration(declaration),
                fields.list(old.confirmations(), one -> {
                    Signature signature = fields.signature(one.signature(), removal.confirmation());
                    return new Confirmation(
                            fields.node(one.witness()), signature == null ? one.signature() : signature);
                }));
    }
}
