package dev.hearsay.cli.check;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.live.keys.Ed25519;
import dev.hearsay.live.keys.KeyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What enemies try over real sockets: members that lie, strangers, and one seed whose key was stolen. */
final class SecurityStage implements Stage {

    private static final long RESEND_NANOS = 3_000_000_000L;
    private static final String MEMBER = "member 1";
    private static final long ANSWER_MILLIS = 500;

    @Override
    public String title() {
        return "Security";
    }

    @Override
    public Plan plan() {
        return new Plan(3, 4, 0);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("one peer's false dead report is refused by every seed", this::refusesAccusation),
                new Check("confirmations forged in the neighbours' names are refused", this::refusesForgery),
                new Check("who asks twice is registered once", this::isIdempotent),
                new Check("an old statement that is replayed changes nothing", this::refusesReplay),
                new Check("an address at which nobody listens is not registered", this::refusesNobody),
                new Check("somebody else's address is not registered", this::refusesAnothers),
                new Check("a request not signed with the key it names is refused", this::refusesUnsigned),
                new Check("one seed's signature removes nobody, at seeds or at peers", this::refusesLoneRemoval),
                new Check("one seed's signature registers nobody", this::refusesLoneRegistration),
                new Check("a message from somebody who is not a member is not taken", this::ignoresStrangers),
                new Check("after all that every peer is a member still, as it was", this::isUnharmed));
    }

    /** Registered by right; what it then says is false. */
    private static HandmadePeer liar(TestNetwork network) throws Exception {
        return network.stranger("liar");
    }

    /** What a node has refused since the check began, once it has refused something with these words. */
    private static String refusal(TestNetwork network, NodeId node, String words) throws Exception {
        return network.await(() -> network.events().of(Lifecycle.Refused.class).stream()
                .filter(told -> told.node().equals(node))
                .map(told -> told.event().reason())
                .filter(reason -> reason.contains(words))
                .findFirst()
                .orElseThrow(() -> new CheckFailure(network.name(node) + " has refused nothing with '" + words + "'")));
    }

    private static void demandMember(TestNetwork network, NodeId peer) throws Exception {
        List<NodeId> witnesses = new ArrayList<>(network.seeds());
        witnesses.addAll(network.peers());
        for (NodeId witness : witnesses) {
            String record = network.record(witness, peer);
            CheckFailure.unless(
                    record.equals(MEMBER), network.name(peer) + " is '" + record + "' at " + network.name(witness));
        }
    }

    private static RemovalProtocol.DeadNodeReport report(
            Statement accused, HandmadePeer reporter, List<RemovalProtocol.Confirmation> confirmations) {
        String text = "Dead Node:" + accused.peer() + ":" + System.currentTimeMillis() / 1000 + ":"
                + reporter.address().host();
        return new RemovalProtocol.DeadNodeReport(accused.removal(), text, null, confirmations);
    }

    private Statement accused(TestNetwork network) throws Exception {
        return Applications.certificate(network, liar(network), network.seed(1), network.peer(1))
                .statement();
    }

    private String refusesAccusation(TestNetwork network) throws Exception {
        for (NodeId peer : network.peers()) {
            network.awaitRecord(network.seeds(), peer, MEMBER);
            network.awaitRecord(network.peers(), peer, MEMBER);
        }
        // Whom the accused has named as its witnesses is known to the seeds once it has links.
        network.await(() -> {
            CheckFailure.unless(network.neighbours(network.peer(1)).size() >= 3, "peer 1 has too few neighbours");
            return "";
        });
        HandmadePeer liar = liar(network);
        Applications.register(network, liar, 1, network.seeds());
        Statement accused = accused(network);
        var confirmation = new RemovalProtocol.Confirmation(
                liar.address(), liar.keys().sign(accused.removal().confirmation()));
        String words = "";
        for (NodeId seed : network.seeds()) {
            AtomicLong sentNanos = new AtomicLong(System.nanoTime() - RESEND_NANOS);
            words = network.await(() -> {
                // The accused may be about to declare more links; but of many refusals a seed tells only a few.
                if (System.nanoTime() - sentNanos.get() >= RESEND_NANOS) {
                    sentNanos.set(System.nanoTime());
                    liar.send(seed, report(accused, liar, List.of(confirmation)));
                }
                return network.events().of(Lifecycle.Refused.class).stream()
                        .filter(told -> told.node().equals(seed))
                        .map(told -> told.event().reason())
                        .filter(reason ->
                                reason.matches(".*: only 0 of its [3-9] neighbours confirm it, and \\d must.*"))
                        .findFirst()
                        .orElseThrow(() -> new CheckFailure(network.name(seed) + " has not refused the report"));
            });
        }
        demandMember(network, network.peer(1));
        return "3 of 3 seeds refuse " + words;
    }

    private String refusesForgery(TestNetwork network) throws Exception {
        HandmadePeer liar = liar(network);
        Statement accused = accused(network);
        List<RemovalProtocol.Confirmation> forged = new ArrayList<>();
        for (NodeId neighbour : network.neighbours(network.peer(1))) {
            forged.add(new RemovalProtocol.Confirmation(
                    neighbour, liar.keys().sign(accused.removal().confirmation())));
        }
        String words = "";
        for (NodeId seed : network.seeds()) {
            liar.send(seed, report(accused, liar, forged));
            words = refusal(network, seed, "is forged");
        }
        demandMember(network, network.peer(1));
        return forged.size() + " confirmations in the neighbours' names; 3 of 3 seeds refuse " + words;
    }

    private String isIdempotent(TestNetwork network) throws Exception {
        HandmadePeer liar = liar(network);
        String before = network.ask(network.seed(1), "/members").text("hash");
        liar.forget();
        Applications.tell(liar, network.seeds(), liar.request(1));
        Applications.tell(liar, network.seeds(), liar.request(1));
        return network.await(() -> {
            int answers = liar.heard(RegistrationProtocol.RegisterAck.class).size();
            CheckFailure.unless(answers == 6, answers + " of 6 requests were answered with REGISTER_ACK");
            String after = network.ask(network.seed(1), "/members").text("hash");
            CheckFailure.unless(after.equals(before), "the Peer List of s1 has changed");
            return "6 requests more, 6 times REGISTER_ACK; '" + network.record(network.seed(1), liar.address())
                    + "', Peer List " + before + " before and after";
        });
    }

    private String refusesReplay(TestNetwork network) throws Exception {
        HandmadePeer liar = liar(network);
        RegistrationProtocol.RegisterRequest old = liar.request(1);
        Certificate oldCertificate = Applications.certificate(network, liar, network.seed(1), liar.address());
        Applications.register(network, liar, 2, network.seeds());
        network.awaitRecord(network.seeds(), liar.address(), "member 2");
        PeerListProtocol.PeerList replayed = new PeerListProtocol.PeerList(
                KeyFile.read(network.files().key(network.seed(1), true)).publicKey(),
                0,
                PeerListProtocol.Edition.NONE,
                List.of(oldCertificate),
                false);
        liar.forget();
        for (NodeId seed : network.seeds()) {
            liar.send(seed, old);
            if (!seed.equals(network.seed(1))) {
                liar.sendAsSeed(network.seed(1), seed, replayed);
            }
        }
        String words = Applications.refusal(network, liar, old.statement());
        for (NodeId seed : network.seeds()) {
            String record = network.record(seed, liar.address());
            CheckFailure.unless(
                    record.equals("member 2"), liar.address() + " is '" + record + "' at " + network.name(seed));
        }
        return "the request and the certificate of incarnation 1: " + words;
    }

    /** Waits until every seed has decided against a statement; says with which reason. */
    private static String rejection(TestNetwork network, Statement statement) throws Exception {
        return network.await(() -> {
            String reason = "";
            for (NodeId seed : network.seeds()) {
                reason = network.events().of(VotingProtocol.Decided.class).stream()
                        .filter(told -> told.node().equals(seed)
                                && told.event().statement().equals(statement)
                                && !told.event().approved())
                        .map(told -> told.event().yesVotes() + " of "
                                + told.event().voters() + " votes yes: "
                                + told.event().reason())
                        .findFirst()
                        .orElseThrow(() -> new CheckFailure(network.name(seed) + " has not decided on " + statement));
            }
            return reason;
        });
    }

    private String refusesNobody(TestNetwork network) throws Exception {
        HandmadePeer liar = liar(network);
        var invented = new Statement(
                Statement.Change.REGISTER, network.nobody(), 1, liar.keys().publicKey());
        Applications.tell(liar, network.seeds(), liar.request(invented));
        String words = rejection(network, invented);
        Applications.demandUnknown(network, network.nobody());
        return words;
    }

    private String refusesAnothers(TestNetwork network) throws Exception {
        HandmadePeer liar = liar(network);
        NodeId victim = network.peer(2);
        var stolen =
                new Statement(Statement.Change.REGISTER, victim, 2, liar.keys().publicKey());
        Applications.tell(liar, network.seeds(), liar.request(stolen));
        String words = rejection(network, stolen);
        demandMember(network, victim);
        return words;
    }

    private String refusesUnsigned(TestNetwork network) throws Exception {
        HandmadePeer liar = liar(network);
        HandmadePeer victim = network.stranger();
        Statement life = victim.life(1);
        Message request =
                new RegistrationProtocol.RegisterRequest(life, liar.keys().sign(life.request()), "");
        Applications.tell(liar, network.seeds(), request);
        String words = Applications.refusal(network, victim, life);
        Applications.demandUnknown(network, victim.address());
        return words;
    }

    /** A certificate as a stolen key of s1 can make it. */
    private static Certificate ofOneSeed(TestNetwork network, Statement statement) throws Exception {
        Ed25519 stolen = KeyFile.read(network.files().key(network.seed(1), true));
        return new Certificate(
                statement, List.of(new Certificate.Vote(network.seed(1), stolen.sign(statement.ballot()))));
    }

    private String pushed(TestNetwork network, Certificate certificate) throws Exception {
        Ed25519 stolen = KeyFile.read(network.files().key(network.seed(1), true));
        var list = new PeerListProtocol.PeerList(
                stolen.publicKey(), 0, PeerListProtocol.Edition.NONE, List.of(certificate), false);
        String words = "";
        for (NodeId seed : List.of(network.seed(2), network.seed(3))) {
            int before = refusals(network, seed);
            liar(network).sendAsSeed(network.seed(1), seed, list);
            network.await(() -> {
                CheckFailure.unless(refusals(network, seed) > before, network.name(seed) + " has refused nothing");
                return "";
            });
            words = refusal(network, seed, "seeds have signed");
        }
        return words;
    }

    private static int refusals(TestNetwork network, NodeId node) {
        return (int) network.events().of(Lifecycle.Refused.class).stream()
                .filter(told ->
                        told.node().equals(node) && told.event().reason().contains("seeds have signed"))
                .count();
    }

    private String refusesLoneRemoval(TestNetwork network) throws Exception {
        Certificate certificate = ofOneSeed(network, accused(network).removal());
        String words = pushed(network, certificate);
        for (NodeId peer : network.peers()) {
            HandmadePeer.sendAs(network.seed(1), peer, new RemovalProtocol.RemovalNotify(certificate));
            refusal(network, peer, "seeds have signed");
        }
        demandMember(network, network.peer(1));
        return "2 of 2 seeds and 4 of 4 peers refuse " + words;
    }

    private String refusesLoneRegistration(TestNetwork network) throws Exception {
        HandmadePeer crony = network.stranger();
        String words = pushed(network, ofOneSeed(network, crony.life(1)));
        Applications.demandUnknown(network, crony.address());
        return "2 of 2 seeds refuse " + words;
    }

    private String ignoresStrangers(TestNetwork network) throws Exception {
        HandmadePeer nobody = network.stranger();
        var declaration = Declaration.of(nobody.keys(), nobody.life(1), 1, network.peers());
        nobody.send(
                network.peer(1),
                new LinkProtocol.Link(List.of(), true),
                new DeclarationProtocol.Declare(declaration),
                new HeartbeatProtocol.Ping(7),
                new LinkProtocol.Leave());
        // Time for an answer, if there were to be one.
        network.pause(ANSWER_MILLIS);
        CheckFailure.unless(
                !network.neighbours(network.peer(1)).contains(nobody.address()),
                "peer 1 has taken " + nobody.address() + " as a neighbour");
        CheckFailure.unless(nobody.heard(Message.class).isEmpty(), "peer 1 answered " + nobody.heard(Message.class));
        return "LINK, DECLARE, PING and LEAVE of " + nobody.address() + " get no answer in " + ANSWER_MILLIS
                + " ms, and no link";
    }

    private String isUnharmed(TestNetwork network) throws Exception {
        for (NodeId peer : network.peers()) {
            demandMember(network, peer);
        }
        int votes = 0;
        for (var told : network.events().of(VotingProtocol.Decided.class)) {
            boolean isRemoval = told.event().statement().change() == Statement.Change.REMOVE;
            CheckFailure.unless(
                    !isRemoval || !told.event().approved(),
                    "removed: " + told.event().statement());
            votes++;
        }
        return network.peers().size() + " peers '" + MEMBER + "' at "
                + network.seeds().size() + " seeds and " + network.peers().size() + " peers; " + votes
                + " decisions, no removal among them";
    }
}
