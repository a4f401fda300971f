package dev.hearsay.core.membership;

import static dev.hearsay.core.membership.SeededNetwork.SECOND;
import static dev.hearsay.core.membership.SeededNetwork.peer;
import static dev.hearsay.core.membership.SeededNetwork.seed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.Message;
import dev.hearsay.core.Message.Confirmation;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.membership.SeededNetwork.TestSignatures;
import dev.hearsay.core.node.NodeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Liars and forgers, each told off: the accused stays, the uncertified stays out. */
class EnemiesTest {

    private static final int PEERS = 5;

    private static SeededNetwork network(long randomSeed) {
        SeededNetwork network = new SeededNetwork(randomSeed, 3);
        for (int i = 0; i < 3; i++) {
            network.startSeed(i);
        }
        for (int i = 0; i < PEERS; i++) {
            network.startPeer(i, NodeSpec.seeded(network.seeds));
        }
        network.run(20 * SECOND);
        assertThat(members(network)).hasSize(PEERS);
        return network;
    }

    private static List<NodeId> members(SeededNetwork network) {
        return network.seedAt(0).peerList().members();
    }

    private static Statement registration(SeededNetwork network, int index) {
        return Objects.requireNonNull(network.seedAt(0).peerList().registration(peer(index)));
    }

    private static Confirmation confirmation(SeededNetwork network, Statement registration, int juror) {
        byte[] content = registration.removal().confirmation();
        return new Confirmation(peer(juror), network.keysOf(peer(juror)).sign(content));
    }

    private static void report(
            SeededNetwork network, int accused, @Nullable Declaration jury, List<Confirmation> confirmations) {
        Statement removal = registration(network, accused).removal();
        for (int i = 0; i < 3; i++) {
            network.inject(peer(0), seed(i), new Message.DeadNodeReport(removal, "Dead Node:x", jury, confirmations));
        }
        network.run(20 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(network.seedAt(i).peerList().members()).as("seed %d", i).hasSize(PEERS);
        }
    }

    private static List<String> refusals(SeededNetwork network) {
        return network.told(Signal.Refused.class).stream()
                .map(Signal.Refused::reason)
                .toList();
    }

    @Test
    void oneAccuserIsNotEnough() {
        SeededNetwork network = network(1);
        report(network, 3, null, List.of(confirmation(network, registration(network, 3), 0)));
        assertThat(refusals(network)).hasSize(3).allMatch(reason -> reason.contains("neighbours confirm it"));
    }

    @Test
    void aMinorityOfTheNeighboursIsNotEnough() {
        SeededNetwork network = network(2);
        int minority = network.peerAt(3).neighbours().size() / 2;
        List<Confirmation> confirmations = new ArrayList<>();
        for (NodeId neighbour : network.peerAt(3).neighbours().subList(0, minority)) {
            confirmations.add(confirmation(network, registration(network, 3), neighbour.port() - 7000));
        }
        report(network, 3, null, confirmations);
        assertThat(refusals(network)).hasSize(3).allMatch(reason -> reason.startsWith("the report of"));
    }

    @Test
    void evenAllNeighboursCannotRemoveAPeerThatAnswersTheSeeds() {
        SeededNetwork network = network(3);
        List<Confirmation> confirmations = new ArrayList<>();
        for (int juror : new int[] {0, 1, 2, 4}) {
            confirmations.add(confirmation(network, registration(network, 3), juror));
        }
        report(network, 3, null, confirmations);
        assertThat(network.told(Signal.Decided.class))
                .filteredOn(decided -> decided.statement().change() == Change.REMOVE)
                .isNotEmpty()
                .allSatisfy(decided -> {
                    assertThat(decided.approved()).isFalse();
                    assertThat(decided.reason()).contains("answers this seed's ping");
                });
    }

    @Test
    void theAccusedItselfMustHaveNamedItsJury() {
        SeededNetwork network = network(4);
        Statement registration = registration(network, 3);
        // Forged by the accuser, who would like to be the whole jury; and genuine, but an old one.
        Declaration forged = Declaration.of(network.keysOf(peer(0)), registration, 1L << 60, List.of(peer(0)));
        report(network, 3, forged, List.of(confirmation(network, registration, 0)));
        Declaration old = Declaration.of(network.keysOf(peer(3)), registration, 1, List.of(peer(0)));
        report(network, 3, old, List.of(confirmation(network, registration, 0)));
        assertThat(refusals(network)).hasSize(6).allMatch(reason -> reason.contains("neighbours confirm it"));
    }

    @Test
    void aForgedConfirmationSpoilsTheReport() {
        SeededNetwork network = network(5);
        Statement registration = registration(network, 3);
        List<Confirmation> confirmations = new ArrayList<>();
        for (int juror : new int[] {0, 1, 2, 4}) {
            byte[] content = registration.removal().confirmation();
            confirmations.add(
                    new Confirmation(peer(juror), network.keysOf(peer(0)).sign(content)));
        }
        report(network, 3, null, confirmations);
        assertThat(refusals(network)).hasSize(3).allMatch(reason -> reason.contains("is forged"));
    }

    @Test
    void whatWasSignedForAnEarlierLifeDoesNotServeForThisOne() {
        SeededNetwork network = network(6);
        Statement first = registration(network, 3);
        List<Confirmation> confirmations = new ArrayList<>();
        for (int juror : new int[] {0, 1, 2, 4}) {
            confirmations.add(confirmation(network, first, juror));
        }
        network.pause(peer(3), network.nowNanos + 40 * SECOND);
        network.run(90 * SECOND);
        assertThat(registration(network, 3).incarnation()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            network.inject(peer(0), seed(i), new Message.DeadNodeReport(first.removal(), "x", null, confirmations));
        }
        Certificate old = new Certificate(first, List.of());
        network.inject(seed(0), peer(1), new Message.RemovalNotify(old));
        network.run(20 * SECOND);
        assertThat(members(network)).hasSize(PEERS);
        assertThat(network.peerAt(1).members()).contains(peer(3));
    }

    /** One seed of three has gone bad: it certifies alone, twice over, with made-up signatures, and with those of nobody. */
    @Test
    void aSeedThatGoesBadConvincesNobody() {
        SeededNetwork network = network(7);
        TestSignatures bad = network.keysOf(seed(2));
        Statement ghost = new Statement(Change.REGISTER, peer(66), 1, new TestSignatures(5).publicKey());
        Statement murder = registration(network, 1).removal();
        network.kill(seed(2));
        for (Statement statement : List.of(ghost, murder)) {
            Certificate.Vote own = new Certificate.Vote(seed(2), bad.sign(statement.ballot()));
            Certificate.Vote forged = new Certificate.Vote(seed(1), bad.sign(statement.ballot()));
            Certificate.Vote stranger = new Certificate.Vote(seed(9), bad.sign(statement.ballot()));
            for (List<Certificate.Vote> votes :
                    List.of(List.of(own), List.of(own, own), List.of(own, forged), List.of(own, stranger))) {
                Message.PeerList list = new Message.PeerList(
                        bad.publicKey(), new Message.Edition(1, 99), List.of(new Certificate(statement, votes)), false);
                network.inject(seed(2), seed(0), list);
                network.inject(seed(2), peer(0), list);
                network.inject(seed(2), peer(0), new Message.RemovalNotify(new Certificate(statement, votes)));
            }
        }
        network.run(10 * SECOND);
        assertThat(members(network)).hasSize(PEERS);
        assertThat(network.peerAt(0).members()).hasSize(PEERS).doesNotContain(peer(66));
        assertThat(refusals(network)).hasSize(24);
    }

    /** A peer of whom one seed's list says nothing is learnt from the others. */
    @Test
    void aSeedThatOmitsAPeerHidesItFromNobody() {
        SeededNetwork network = network(8);
        network.kill(seed(2));
        network.startPeer(5, NodeSpec.seeded(network.seeds));
        for (int i = 0; i < 20; i++) {
            Message.PeerList empty = new Message.PeerList(
                    network.keysOf(seed(2)).publicKey(), new Message.Edition(1, 1_000), List.of(), false);
            for (int p = 0; p < 6; p++) {
                network.inject(seed(2), peer(p), empty);
            }
            network.run(SECOND);
        }
        for (int p = 0; p < 6; p++) {
            assertThat(network.peerAt(p).members()).hasSize(6);
        }
    }

    @Test
    void aVoteUnderAnotherSeedsNameDoesNotCount() {
        SeededNetwork network = network(9);
        network.isCut = (from, to) -> from.equals(seed(1)) || from.equals(seed(2)) || to.equals(seed(2));
        TestSignatures own = new TestSignatures(77);
        Statement statement = new Statement(Change.REGISTER, peer(8), 1, own.publicKey());
        network.inject(peer(8), seed(0), new Message.RegisterRequest(statement, own.sign(statement.request()), ""));
        for (int i = 0; i < 10; i++) {
            network.run(SECOND / 2);
            network.inject(seed(1), seed(0), new Message.Vote(statement, own.sign(statement.ballot()), ""));
            network.inject(peer(0), seed(0), new Message.Vote(statement, own.sign(statement.ballot()), ""));
        }
        network.run(10 * SECOND);
        assertThat(members(network)).doesNotContain(peer(8));
    }

    @Test
    void aFloodOfRequestsFromOneHostIsTurnedAwayAndTheOthersAreServed() {
        SeededNetwork network = network(10);
        for (int i = 0; i < 10_000; i++) {
            TestSignatures keys = new TestSignatures(1_000 + i);
            NodeId claimed = new NodeId("flood", 1 + i);
            Statement statement = new Statement(Change.REGISTER, claimed, 1, keys.publicKey());
            network.inject(
                    claimed, seed(0), new Message.RegisterRequest(statement, keys.sign(statement.request()), ""));
        }
        network.startPeer(5, NodeSpec.seeded(network.seeds));
        network.run(30 * SECOND);
        assertThat(members(network)).hasSize(PEERS + 1).contains(peer(5));
        long examined = network.told(Signal.Proposed.class).stream()
                .filter(proposed -> proposed.statement().peer().host().equals("flood"))
                .count();
        assertThat(examined).isLessThanOrEqualTo(2_000);
    }
}
