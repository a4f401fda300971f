package dev.hearsay.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RemovalProtocol.Confirmation;
import dev.hearsay.core.Statement;
import dev.hearsay.core.TestSignatures;
import dev.hearsay.core.VotingProtocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One of three seeds, asked for the same as the others. */
class SeedRegistryTest extends SeededFixture {

    private static final SeedRegistry.Settings SETTINGS = SeedRegistry.Settings.DEFAULT;

    private final TestSignatures keys = keys(0);
    private final SeedRegistry registry = new SeedRegistry(
            SETTINGS,
            seed(0),
            context(keys),
            electorate,
            new Admission(Admission.Rules.OPEN),
            list,
            (now, seed) -> true);
    private long now = SECOND;

    private void receive(NodeId from, Message message) {
        registry.step(now, new Input.Received(from, message), effects);
    }

    private static RegistrationProtocol.RegisterRequest request(int peer) {
        Statement statement = statement(peer);
        return new RegistrationProtocol.RegisterRequest(
                statement, new TestSignatures(1000 + peer).sign(statement.request()), "");
    }

    /** The peer proves to hold its key. */
    private void answer(int peer) {
        long number = effects.last(HeartbeatProtocol.Ping.class).number();
        receive(
                statement(peer).peer(),
                new HeartbeatProtocol.Pong(
                        number,
                        new TestSignatures(1000 + peer).sign(statement(peer).proofOfLife(number))));
    }

    /** A peer whose vote another seed is to call, or this one. */
    private static int peerWhoseTurnIs(boolean isOurs) {
        List<NodeId> seeds = List.of(seed(0), seed(1), seed(2));
        ProposalTurns turns = new ProposalTurns(seed(0), seeds, 1, 1);
        int peer = 0;
        while ((turns.waitNanos(0, 0, statement(peer), seed -> true) == 0) != isOurs) {
            peer++;
        }
        return peer;
    }

    private void fireTurn() {
        now += 10 * SECOND;
        registry.step(now, new Input.Fired(effects.timer(VotingProtocol.VoteEnd.class)), effects);
    }

    @Test
    void theSeedWhoseTurnItIsCallsTheVoteAtOnce() {
        int peer = peerWhoseTurnIs(true);
        receive(statement(peer).peer(), request(peer));
        answer(peer);
        assertThat(effects.receivers(VotingProtocol.ProposeRegister.class)).containsExactly(seed(1), seed(2));
    }

    @Test
    void anotherOnlyVotesAndAnswersThePeerWhenThatIsDecided() {
        int peer = peerWhoseTurnIs(false);
        receive(statement(peer).peer(), request(peer));
        answer(peer);
        receive(seed(1), new VotingProtocol.ProposeRegister(request(peer)));
        assertThat(effects.receivers(VotingProtocol.Vote.class)).containsExactly(seed(1));
        Certificate certificate = certificate(statement(peer), 1, 0);
        list.merge(certificate);
        registry.certified(now, certificate, effects);
        assertThat(effects.receivers(RegistrationProtocol.RegisterAck.class))
                .containsExactly(statement(peer).peer());
        fireTurn();
        assertThat(effects.receivers(VotingProtocol.ProposeRegister.class)).isEmpty();
        assertThat(effects.told(VotingProtocol.Proposed.class)).isEmpty();
    }

    @Test
    void ifNothingComesOfItItCallsItsOwn() {
        int peer = peerWhoseTurnIs(false);
        receive(statement(peer).peer(), request(peer));
        answer(peer);
        receive(seed(1), new VotingProtocol.ProposeRegister(request(peer)));
        fireTurn();
        assertThat(effects.receivers(VotingProtocol.ProposeRegister.class)).containsExactly(seed(1), seed(2));
        receive(
                seed(2),
                new VotingProtocol.Vote(
                        statement(peer), vote(2, statement(peer)).signature(), ""));
        assertThat(list.members()).containsExactly(statement(peer).peer());
        assertThat(effects.receivers(RegistrationProtocol.RegisterAck.class))
                .containsExactly(statement(peer).peer());
    }

    @Test
    void onlyTheSeedThatCertifiesARemovalFirstTellsTheMembers() {
        for (int peer = 0; peer < 20; peer++) {
            list.merge(certificate(statement(peer), 0, 1));
        }
        Statement removal = statement(7).removal();
        receive(statement(1).peer(), report(7, List.of(confirmation(7, 1))));
        for (int attempt = 1; attempt <= SETTINGS.removeAttempts(); attempt++) {
            now += SETTINGS.examineNanos();
            registry.step(now, new Input.Fired(new VotingProtocol.Examine(removal, attempt)), effects);
        }
        fireTurn();
        list.merge(certificate(removal, 1, 2));
        registry.certified(now, certificate(removal, 1, 2), effects);
        receive(seed(2), new VotingProtocol.Vote(removal, vote(2, removal).signature(), ""));
        assertThat(effects.told(VotingProtocol.Decided.class)).hasSize(1).allMatch(VotingProtocol.Decided::approved);
        assertThat(effects.receivers(RemovalProtocol.RemovalNotify.class)).isEmpty();
    }

    // --- Bounds ------------------------------------------------------------------------------------------------------

    private static Confirmation confirmation(int accused, int witness) {
        byte[] content = statement(accused).removal().confirmation();
        return new Confirmation(statement(witness).peer(), new TestSignatures(1000 + witness).sign(content));
    }

    private static RemovalProtocol.DeadNodeReport report(int accused, List<Confirmation> confirmations) {
        return new RemovalProtocol.DeadNodeReport(statement(accused).removal(), "Dead Node:x", null, confirmations);
    }

    private void declare(int peer, List<NodeId> neighbours) {
        receive(
                statement(peer).peer(),
                new DeclarationProtocol.Declare(
                        Declaration.of(new TestSignatures(1000 + peer), statement(peer), 1, neighbours)));
    }

    @Test
    void whoNamesOneNeighbourAThousandTimesHasOneWitness() {
        list.merge(certificate(statement(1), 0, 1));
        list.merge(certificate(statement(2), 0, 1));
        List<NodeId> neighbours =
                new ArrayList<>(Collections.nCopies(1_000, statement(2).peer()));
        neighbours.addAll(Collections.nCopies(1_000, statement(1).peer()));
        declare(1, neighbours);
        receive(statement(2).peer(), report(1, List.of(confirmation(1, 2))));
        assertThat(effects.told(RemovalProtocol.Reported.class)).hasSize(1);
    }

    @Test
    void aDeclarationWithoutEndIsNotLookedAt() {
        list.merge(certificate(statement(1), 0, 1));
        List<NodeId> neighbours =
                Collections.nCopies(Declaration.NEIGHBOURS_MAX + 1, statement(2).peer());
        Declaration whole = new Declaration(
                statement(1),
                1,
                neighbours,
                Declaration.of(new TestSignatures(1001), statement(1), 1, neighbours)
                        .signature());
        receive(statement(1).peer(), new DeclarationProtocol.Declare(whole));
        assertThat(keys.checks).isZero();
    }

    @Test
    void aConfirmationThatIsRepeatedIsCheckedOnce() {
        for (int peer = 0; peer < 50; peer++) {
            list.merge(certificate(statement(peer), 0, 1));
        }
        declare(
                1,
                List.of(statement(2).peer(), statement(3).peer(), statement(4).peer()));
        int before = keys.checks;
        receive(statement(2).peer(), report(1, Collections.nCopies(50, confirmation(1, 2))));
        assertThat(keys.checks - before).isEqualTo(1);
        assertThat(refusals()).hasSize(1).allMatch(reason -> reason.contains("only 1 of its 3 neighbours"));
    }

    @Test
    void ofAFloodOfRequestsOfOneHostFewSignaturesAreChecked() {
        RegistrationProtocol.RegisterRequest forged = new RegistrationProtocol.RegisterRequest(
                statement(1), request(2).proof(), request(1).secret());
        int before = keys.checks;
        for (int i = 0; i < 10_000; i++) {
            receive(statement(1).peer(), forged);
        }
        assertThat(keys.checks - before).isLessThan(2_500);
        assertThat(effects.last(RegistrationProtocol.RegisterNack.class).reason())
                .contains("too many requests from");
    }

    @Test
    void ofAFloodOfProposalsInASeedsNameFewSignaturesAreChecked() {
        RegistrationProtocol.RegisterRequest forged = new RegistrationProtocol.RegisterRequest(
                statement(1), request(2).proof(), request(1).secret());
        int before = keys.checks;
        for (int i = 0; i < 10_000; i++) {
            receive(seed(1), new VotingProtocol.ProposeRegister(forged));
            receive(statement(7).peer(), new VotingProtocol.ProposeRegister(forged));
        }
        assertThat(keys.checks - before).isEqualTo(4_000);
        assertThat(refusals())
                .hasSize(16_000)
                .contains("a proposal from " + seed(1) + ", from which too many come at once");
        int peer = peerWhoseTurnIs(false);
        receive(seed(2), new VotingProtocol.ProposeRegister(request(peer)));
        answer(peer);
        assertThat(effects.last(VotingProtocol.Vote.class).yes())
                .as("of another seed")
                .isNotNull();
        now += SECOND;
        before = keys.checks;
        for (int i = 0; i < 10_000; i++) {
            receive(seed(1), new VotingProtocol.ProposeRegister(forged));
        }
        assertThat(keys.checks - before).isEqualTo(500);
    }

    @Test
    void whatIsOnlyForPeopleStaysShort() {
        list.merge(certificate(statement(1), 0, 1));
        list.merge(certificate(statement(2), 0, 1));
        receive(
                statement(2).peer(),
                new RemovalProtocol.DeadNodeReport(
                        statement(1).removal(), "x".repeat(1_000_000), null, List.of(confirmation(1, 2))));
        assertThat(refusals())
                .containsExactly("the report of " + statement(2).peer() + ": its text is longer than 512 characters");
        int peer = 10 + peerWhoseTurnIs(true);
        while (new ProposalTurns(seed(0), electorate.seeds(), 1, 1).waitNanos(0, 0, statement(peer), seed -> true)
                > 0) {
            peer++;
        }
        receive(statement(peer).peer(), request(peer));
        answer(peer);
        receive(seed(1), new VotingProtocol.Vote(statement(peer), null, "y".repeat(1_000_000)));
        assertThat(effects.told(VotingProtocol.VoteReceived.class))
                .allMatch(vote -> vote.reason().length() < 210);
    }

    @Test
    void nothingIsKeptOfAnybodysPings() {
        for (int i = 0; i < 1_000; i++) {
            receive(new NodeId("stranger" + i, 1), new HeartbeatProtocol.Pong(i, null));
            receive(
                    new NodeId("stranger" + i, 1),
                    new DeclarationProtocol.Declare(
                            Declaration.of(new TestSignatures(i), statement(i), Long.MAX_VALUE, List.of())));
        }
        assertThat(effects.sent).isEmpty();
        assertThat(effects.delayed).isEmpty();
        assertThat(keys.checks).isZero();
    }
}
