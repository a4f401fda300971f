package dev.hearsay.core.membership;

import static dev.hearsay.core.membership.SeededNetwork.SECOND;
import static dev.hearsay.core.membership.SeededNetwork.peer;
import static dev.hearsay.core.membership.SeededNetwork.seed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.node.NodeSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static SeededNetwork started(long randomSeed, int seeds, int peers) {
        SeededNetwork network = new SeededNetwork(randomSeed, seeds);
        for (int i = 0; i < seeds; i++) {
            network.startSeed(i);
        }
        for (int i = 0; i < peers; i++) {
            network.startPeer(i, NodeSpec.seeded(network.seeds));
        }
        return network;
    }

    private static List<NodeId> peers(int... indices) {
        List<NodeId> peers = new ArrayList<>();
        for (int index : indices) {
            peers.add(peer(index));
        }
        return peers;
    }

    @Test
    void fivePeersAreRegisteredWithThreeSeedsAndGossip() {
        SeededNetwork network = started(1, 3, 5);
        network.run(60 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(network.seedAt(i).peerList().members()).isEqualTo(peers(0, 1, 2, 3, 4));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(network.peerAt(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            assertThat(network.peerAt(i).neighbours()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(network.peerAt(i).log().entries()).hasSize(50);
        }
        assertThat(network.told(Signal.Suspected.class)).isEmpty();
        assertThat(network.told(Signal.Refused.class)).isEmpty();
    }

    @Test
    void aCrashedPeerIsRemovedEverywhereAndTheOthersStay() {
        for (long randomSeed = 1; randomSeed <= 50; randomSeed++) {
            SeededNetwork network = started(randomSeed, 3, 6);
            network.lossPercent = 5;
            network.run(20 * SECOND);
            network.kill(peer(4));
            network.run(30 * SECOND);
            for (int i = 0; i < 3; i++) {
                assertThat(network.seedAt(i).peerList().members())
                        .as("random seed %d, seed %d", randomSeed, i)
                        .isEqualTo(peers(0, 1, 2, 3, 5));
            }
            for (int i : new int[] {0, 1, 2, 3, 5}) {
                assertThat(network.peerAt(i).members()).isEqualTo(peers(0, 1, 2, 3, 5));
                assertThat(network.peerAt(i).neighbours()).doesNotContain(peer(4));
            }
        }
    }

    @Test
    void aPeerPausedPastItsRemovalComesBackOneIncarnationHigher() {
        SeededNetwork network = started(3, 3, 5);
        network.run(20 * SECOND);
        network.pause(peer(2), 60 * SECOND);
        network.run(30 * SECOND);
        assertThat(network.seedAt(0).peerList().members()).isEqualTo(peers(0, 1, 3, 4));
        network.run(40 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(network.seedAt(i).peerList().members()).isEqualTo(peers(0, 1, 2, 3, 4));
            assertThat(network.seedAt(i).peerList().incarnation(peer(2))).isEqualTo(2);
        }
    }

    @Test
    void withAMajorityOfSeedsDeadNothingChangesAndEverybodySaysSo() {
        SeededNetwork network = started(4, 3, 4);
        network.run(20 * SECOND);
        network.kill(seed(1));
        network.kill(seed(2));
        network.kill(peer(3));
        network.startPeer(7, NodeSpec.seeded(network.seeds));
        network.run(60 * SECOND);
        assertThat(network.seedAt(0).peerList().members()).isEqualTo(peers(0, 1, 2, 3));
        assertThat(network.told(Signal.SeedsWithoutQuorum.class)).containsExactly(new Signal.SeedsWithoutQuorum(1, 3));
        assertThat(network.told(Signal.NotRegistered.class)).isNotEmpty();
        network.startSeed(1);
        network.run(90 * SECOND);
        assertThat(network.seedAt(0).peerList().members()).isEqualTo(peers(0, 1, 2, 7));
        assertThat(network.seedAt(1).peerList().members()).isEqualTo(peers(0, 1, 2, 7));
    }

    @Test
    void anAddressAtWhichNobodyHoldsTheKeyIsNotRegistered() {
        SeededNetwork network = started(5, 3, 2);
        network.run(10 * SECOND);
        var keys = new SeededNetwork.TestSignatures(99);
        for (NodeId claimed : List.of(peer(9), peer(0))) {
            var statement = new dev.hearsay.core.Statement(
                    dev.hearsay.core.Statement.Change.REGISTER, claimed, 5, keys.publicKey());
            var request = new dev.hearsay.core.Message.RegisterRequest(statement, keys.sign(statement.request()), "");
            network.inject(claimed, seed(0), request);
        }
        network.run(20 * SECOND);
        assertThat(network.seedAt(0).peerList().members()).isEqualTo(peers(0, 1));
        assertThat(network.seedAt(0).peerList().incarnation(peer(0))).isEqualTo(1);
        assertThat(network.told(Signal.Decided.class))
                .filteredOn(decided -> !decided.approved())
                .hasSize(2)
                .allSatisfy(decided -> assertThat(decided.reason()).contains("proves to hold that key"));
    }
}
