package dev.hearsay.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Fact;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.TestSignatures;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.node.Seed;
import dev.hearsay.core.node.SeedSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A seed to which anybody says anything in the names of others: few signatures are checked, and what is true is heard again. */
class SignatureLimitsTest extends SeededFixture {

    private static final int FLOOD = 20_000;

    private final TestSignatures keys = keys(0);
    private final Seed seed = seed();
    private long now = SECOND;

    private Seed seed() {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        List<Fact> remembered = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            seeds.put(seed(i), keys(i).publicKey());
        }
        for (int peer = 1; peer <= 3; peer++) {
            remembered.add(new PeerListProtocol.Certified(certificate(statement(peer), 0, 1)));
        }
        Seed made = new Seed(SeedSpec.of(seeds), seed(0), context(keys), remembered);
        made.step(0, new Input.Started(), effects);
        return made;
    }

    private void receive(NodeId from, Message message) {
        seed.step(now, new Input.Received(from, message), effects);
    }

    private static NodeId peer(int number) {
        return statement(number).peer();
    }

    private static Declaration declaration(int peer, int key, long number) {
        return Declaration.of(new TestSignatures(1000 + key), statement(peer), number, List.of(peer(2)));
    }

    private static RemovalProtocol.DeadNodeReport report(int accused, int witness, int key) {
        byte[] content = statement(accused).removal().confirmation();
        return new RemovalProtocol.DeadNodeReport(
                statement(accused).removal(),
                "Dead Node:x",
                null,
                List.of(new RemovalProtocol.Confirmation(peer(witness), new TestSignatures(1000 + key).sign(content))));
    }

    @Test
    void ofForgedDeclarationsFewAreCheckedAndTheTrueOneIsTakenLater() {
        int before = keys.checks;
        for (int i = 0; i < FLOOD; i++) {
            receive(peer(1), new DeclarationProtocol.Declare(declaration(1, 2, 100 + i)));
        }
        assertThat(keys.checks - before).isLessThan(500);
        assertThat(refusals()).anyMatch(reason -> reason.contains("too many false ones have come in that name"));
        now += 60 * SECOND;
        receive(peer(1), new DeclarationProtocol.Declare(declaration(1, 1, 1)));
        receive(peer(3), report(1, 3, 3));
        assertThat(refusals().getLast()).contains("only 0 of its 1 neighbours confirm it");
    }

    @Test
    void strangersShareWhatOneMemberMayCost() {
        int before = keys.checks;
        for (int i = 0; i < FLOOD; i++) {
            receive(
                    new NodeId("10.9." + i / 250 + "." + i % 250, 7000),
                    new DeclarationProtocol.Declare(declaration(1, 2, 100 + i)));
        }
        assertThat(keys.checks - before).isLessThan(500);
        receive(peer(1), new DeclarationProtocol.Declare(declaration(1, 1, 1)));
        receive(peer(3), report(1, 3, 3));
        assertThat(refusals().getLast()).contains("only 0 of its 1 neighbours confirm it");
    }

    @Test
    void ofForgedVotesInASeedsNameFewAreCheckedAndItsTrueVoteCountsLater() {
        int peer = 10;
        Statement statement = statement(peer);
        receive(
                statement.peer(),
                new RegistrationProtocol.RegisterRequest(
                        statement, new TestSignatures(1000 + peer).sign(statement.request()), ""));
        long number = effects.last(HeartbeatProtocol.Ping.class).number();
        receive(
                statement.peer(),
                new HeartbeatProtocol.Pong(
                        number, new TestSignatures(1000 + peer).sign(statement.proofOfLife(number))));
        if (effects.receivers(VotingProtocol.ProposeRegister.class).isEmpty()) {
            now += 2 * SECOND;
            seed.step(now, new Input.Fired(effects.timer(VotingProtocol.VoteEnd.class)), effects);
        }
        int before = keys.checks;
        for (int i = 0; i < FLOOD; i++) {
            receive(
                    seed(1),
                    new VotingProtocol.Vote(statement, vote(2, statement).signature(), ""));
        }
        assertThat(keys.checks - before).isLessThan(4_500);
        now += SECOND;
        receive(seed(1), new VotingProtocol.Vote(statement, vote(1, statement).signature(), ""));
        assertThat(seed.peerList().registration(statement.peer())).isEqualTo(statement);
    }

    @Test
    void ofForgedCertificatesFewAreChecked() {
        Statement statement = statement(10);
        Certificate forged = new Certificate(statement, List.of(vote(1, statement(11)), vote(2, statement(11))));
        int before = keys.checks;
        for (int i = 0; i < FLOOD; i++) {
            receive(peer(1), new RemovalProtocol.RemovalNotify(forged));
        }
        assertThat(keys.checks - before).isLessThan(500);
    }

    @Test
    void ofReportsOfOneMemberWithTrueConfirmationsFewAreChecked() {
        receive(
                peer(1),
                new DeclarationProtocol.Declare(
                        Declaration.of(new TestSignatures(1001), statement(1), 1, List.of(peer(2), peer(3)))));
        int before = keys.checks;
        for (int i = 0; i < FLOOD; i++) {
            receive(peer(3), report(1, 3, 3));
        }
        assertThat(keys.checks - before).isLessThan(600);
        assertThat(refusals().getLast()).contains("too many reports come from it at once");
    }

    @Test
    void ofReportsOfStrangersNoneIsChecked() {
        int before = keys.checks;
        receive(new NodeId("10.9.9.9", 7000), report(1, 3, 3));
        assertThat(keys.checks - before).isZero();
        assertThat(effects.told(Lifecycle.Refused.class).getLast().reason()).contains("its sender is not a member");
    }

    @Test
    void trueSignaturesCostNothing() {
        for (int i = 0; i < FLOOD; i++) {
            receive(peer(1), new DeclarationProtocol.Declare(declaration(1, 1, 1 + i)));
        }
        assertThat(refusals()).isEmpty();
        receive(peer(3), report(1, 3, 3));
        assertThat(refusals().getLast()).contains("only 0 of its 1 neighbours confirm it");
    }
}
