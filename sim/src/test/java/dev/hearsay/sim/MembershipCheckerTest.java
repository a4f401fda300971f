package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.Overlay;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The invariants of membership, broken one by one. Peers are 0 and 1, seeds 2, 3 and 4. */
class MembershipCheckerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int FIRST_SEED = 2;

    private Hosts hosts;
    private MembershipChecker membershipChecker;
    private Keyring keyring;
    private Statement registration;

    @BeforeEach
    void bootAll() {
        bootAll(3);
    }

    private void bootAll(int seeds) {
        SimulationSpec spec =
                SimulationSpec.builder().set("nodes", 2).set("seeds", seeds).build();
        keyring = new Keyring(new Random64(1));
        Overlay none = new Overlay(spec.topology(), Graph.empty(2), 0);
        hosts = new Hosts(spec, none, keyring, new Random64(1), () -> 0);
        membershipChecker = new MembershipChecker(spec, hosts, keyring);
        for (int number = 0; number < 2 + seeds; number++) {
            hosts.boot(number, List.of());
            membershipChecker.booted(0, number);
        }
        registration =
                new Statement(Change.REGISTER, hosts.id(0), 1, hosts.keys(0).publicKey());
        membershipChecker.saved(0, 0, new RegistrationProtocol.AppliedAs(registration, 1));
    }

    private Certificate certificate(Statement statement, int... signers) {
        List<Certificate.Vote> votes = new ArrayList<>();
        for (int signer : signers) {
            votes.add(new Certificate.Vote(hosts.id(signer), hosts.keys(signer).sign(statement.ballot())));
        }
        return new Certificate(statement, votes);
    }

    private void certify(long nowNanos, Statement statement) {
        membershipChecker.saved(nowNanos, FIRST_SEED, new PeerListProtocol.Certified(certificate(statement, 2, 3)));
    }

    private static void expectBroken(Runnable deed, String invariant) {
        assertThatThrownBy(deed::run).isInstanceOf(BrokenInvariant.class).hasMessageContaining(invariant);
    }

    @Test
    void nobodyTakesACertificateWithoutAQuorumOfRealVotes() {
        for (int[] signers : new int[][] {{}, {2}, {2, 2}, {2, 0}}) {
            Certificate certificate = certificate(registration, signers);
            expectBroken(
                    () -> membershipChecker.saved(0, 1, new PeerListProtocol.Certified(certificate)), "of 3 seeds");
        }
        Certificate.Vote forged =
                new Certificate.Vote(hosts.id(3), hosts.keys(2).sign(registration.ballot()));
        Certificate half = new Certificate(
                registration, List.of(certificate(registration, 2).votes().getFirst(), forged));
        expectBroken(
                () -> membershipChecker.saved(0, 1, new PeerListProtocol.Certified(half)),
                "with the votes of 1 of 3 seeds");
        membershipChecker.saved(0, 1, new PeerListProtocol.Certified(certificate(registration, 2, 4)));
    }

    @Test
    void halfOfAnEvenNumberOfSeedsIsNoQuorum() {
        bootAll(4);
        expectBroken(
                () -> membershipChecker.saved(0, 1, new PeerListProtocol.Certified(certificate(registration, 2, 3))),
                "with the votes of 2 of 4 seeds");
        membershipChecker.saved(0, 1, new PeerListProtocol.Certified(certificate(registration, 2, 3, 4)));
        assertThat(hosts.hasQuorum()).isTrue();
        hosts.crash(2);
        assertThat(hosts.hasQuorum()).isTrue();
        hosts.crash(3);
        assertThat(hosts.hasQuorum()).isFalse();
    }

    @Test
    void noSeedVotesForARemovalWithoutAMajorityOfTheNeighbours() {
        Statement removal = registration.removal();
        expectBroken(() -> membershipChecker.saved(0, 2, new VotingProtocol.VotedYes(removal)), "without any report");
        List<NodeId> suspicions = List.of(hosts.id(1), hosts.id(2), hosts.id(3));
        Declaration declaration = Declaration.of(hosts.keys(0), registration, 1, suspicions);
        Evidence.Registrations all = member -> new Statement(
                Change.REGISTER, member, 1, hosts.keys(hosts.number(member)).publicKey());
        Evidence evidence = new Evidence(keyring.keys(0), all);
        evidence.shown(report(removal, declaration, 1));
        assertThat(evidence.findFault(removal, witness -> true)).isEqualTo("with the word of 1 of 3 neighbours");
        assertThat(evidence.findFault(removal, witness -> witness.equals(hosts.id(1))))
                .as("whoever is out of reach does not count")
                .isNull();
        evidence.shown(report(removal, declaration, 1, 1, 4));
        assertThat(evidence.findFault(removal, witness -> true)).isEqualTo("with the word of 1 of 3 neighbours");
        evidence.shown(new VotingProtocol.ProposeRemove(report(removal, declaration, 1, 3)));
        assertThat(evidence.findFault(removal, witness -> true)).isNull();
    }

    @Test
    void aSeedThatKnowsOfARemovalHasItsVoteForTheAsking() {
        Statement removal = registration.removal();
        certify(0, registration);
        hosts.crash(0);
        certify(0, removal);
        expectBroken(() -> membershipChecker.saved(0, 2, new VotingProtocol.VotedYes(removal)), "without any report");
        hosts.seed(2).peerList().merge(certificate(removal, 3, 4));
        membershipChecker.saved(0, 2, new VotingProtocol.VotedYes(removal));
    }

    private RemovalProtocol.DeadNodeReport report(Statement removal, Declaration declaration, int... witnesses) {
        List<RemovalProtocol.Confirmation> confirmations = new ArrayList<>();
        for (int witness : witnesses) {
            confirmations.add(new RemovalProtocol.Confirmation(
                    hosts.id(witness), hosts.keys(witness).sign(removal.confirmation())));
        }
        return new RemovalProtocol.DeadNodeReport(removal, "", declaration, confirmations);
    }

    @Test
    void noPlaceAndLifeIsCertifiedTwice() {
        certify(0, registration);
        Signatures other = keyring.keys(99);
        Statement second = new Statement(Change.REGISTER, hosts.id(0), 1, other.publicKey());
        expectBroken(() -> certify(0, second), "two certificates");
        expectBroken(() -> certify(0, second.removal()), "two certificates");
    }

    @Test
    void nobodyIsRegisteredWhoIsNotThere() {
        Statement nobody = new Statement(
                Change.REGISTER, new NodeId("sim", 9), 1, keyring.keys(99).publicKey());
        expectBroken(() -> certify(0, nobody), "nobody at that address holds that key");
        Statement wrongKey =
                new Statement(Change.REGISTER, hosts.id(1), 1, keyring.keys(99).publicKey());
        expectBroken(() -> certify(0, wrongKey), "nobody at that address holds that key");
        expectBroken(
                () -> membershipChecker.told(0, 0, new RegistrationProtocol.Registered(registration, hosts.id(2))),
                "takes itself for registered");
    }

    @Test
    void noSeedSignsTwoRegistrationsUnlessItHasLostItsDisk() {
        Statement other =
                new Statement(Change.REGISTER, hosts.id(0), 1, keyring.keys(99).publicKey());
        membershipChecker.saved(0, 2, new VotingProtocol.VotedYes(registration));
        membershipChecker.saved(0, 2, new VotingProtocol.VotedYes(registration));
        membershipChecker.saved(0, 3, new VotingProtocol.VotedYes(other));
        expectBroken(
                () -> membershipChecker.saved(0, 2, new VotingProtocol.VotedYes(other)),
                "seed:0 has signed a second registration");
        hosts.crash(2);
        membershipChecker.crashed(0, 2, true);
        membershipChecker.saved(0, 2, new VotingProtocol.VotedYes(other));
    }

    @Test
    void nothingIsToldBeforeItIsDurable() {
        Message vote = new VotingProtocol.Vote(registration, hosts.keys(2).sign(registration.ballot()), "");
        expectBroken(() -> membershipChecker.leaves(2, 3, vote), "seed:0 tells of REGISTER sim:0 incarnation 1 before");
        Certificate certificate = certificate(registration, 2, 3);
        Message ack = new RegistrationProtocol.RegisterAck(hosts.keys(2).publicKey(), certificate);
        Message list = new PeerListProtocol.PeerList(
                hosts.keys(2).publicKey(), 0, PeerListProtocol.Edition.NONE, List.of(certificate), false);
        expectBroken(() -> membershipChecker.leaves(2, 0, ack), "before it is durable");
        expectBroken(() -> membershipChecker.leaves(2, 0, list), "before it is durable");
        expectBroken(
                () -> membershipChecker.leaves(2, 0, new RemovalProtocol.RemovalNotify(certificate)),
                "before it is durable");
        membershipChecker.durable(2, new PeerListProtocol.Certified(certificate));
        membershipChecker.leaves(2, 0, ack);
        membershipChecker.leaves(2, 3, vote);
    }

    @Test
    void nobodyIsRemovedWhoWasNotIn() {
        expectBroken(() -> certify(0, registration.removal()), "it was never registered");
    }

    @Test
    void nobodyIsRemovedWhoCouldBeReachedAllTheTime() {
        certify(0, registration);
        expectBroken(() -> certify(30 * SECOND, registration.removal()), "it could be reached all the time");
    }

    @Test
    void aShortPauseIsNoExcuseAndALongOneIs() {
        SimulationSpec spec =
                SimulationSpec.builder().set("nodes", 2).set("seeds", 3).build();
        Network network = new Network(spec, new Random64(1), Simulation.queueFor(spec), Observer.NONE);
        certify(0, registration);
        hosts.pause(0, true);
        membershipChecker.refresh(10 * SECOND, network);
        hosts.pause(0, false);
        membershipChecker.refresh(11 * SECOND, network);
        expectBroken(() -> certify(12 * SECOND, registration.removal()), "it could be reached all the time");
        bootAll();
        certify(0, registration);
        hosts.pause(0, true);
        membershipChecker.refresh(10 * SECOND, network);
        hosts.pause(0, false);
        membershipChecker.refresh(13 * SECOND, network);
        certify(14 * SECOND, registration.removal());
    }
}
