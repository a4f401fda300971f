package dev.hearsay.core.membership;

import static dev.hearsay.core.membership.SeededNetwork.MILLI;
import static dev.hearsay.core.membership.SeededNetwork.SECOND;
import static dev.hearsay.core.membership.SeededNetwork.peer;
import static dev.hearsay.core.membership.SeededNetwork.seed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
import dev.hearsay.core.node.NodeSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold whatever happens, over many random seeds. */
class MembershipPropertiesTest {

    private static SeededNetwork network(long randomSeed, int seeds, int peers) {
        SeededNetwork network = new SeededNetwork(randomSeed, seeds);
        for (int i = 0; i < seeds; i++) {
            network.startSeed(i);
        }
        for (int i = 0; i < peers; i++) {
            network.startPeer(i, NodeSpec.seeded(network.seeds));
        }
        return network;
    }

    /** Partitions, crashes and restarts of seeds and peers, loss: never two certificates for one place and life, and in the end one list. */
    @Test
    void certifiedListsNeverConflictAndAllAgreeAfterTheFaults() {
        for (long randomSeed = 1; randomSeed <= 1000; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            int seeds = 3 + 2 * random.nextInt(2);
            int peers = 3 + random.nextInt(4);
            SeededNetwork network = network(randomSeed, seeds, peers);
            network.lossPercent = random.nextInt(20);
            for (int fault = 0; fault < 6; fault++) {
                network.run(2 * SECOND + random.nextLong(8 * SECOND));
                disturb(network, random, seeds, peers);
                assertNoConflict(network, seeds, randomSeed);
            }
            network.isCut = (from, to) -> false;
            network.lossPercent = 0;
            for (int i = 0; i < seeds; i++) {
                if (network.seedAt(i) == null) {
                    network.startSeed(i);
                }
            }
            // Seeds learn of the dead from the living: somebody must be left to tell.
            if (network.peerAt(0) == null) {
                network.startPeer(0, NodeSpec.seeded(network.seeds));
            }
            Set<NodeId> alive = new HashSet<>();
            for (int i = 0; i < peers; i++) {
                if (network.peerAt(i) != null) {
                    alive.add(peer(i));
                }
            }
            network.run(200 * SECOND);
            assertNoConflict(network, seeds, randomSeed);
            for (int i = 0; i < seeds; i++) {
                assertThat(network.seedAt(i).peerList().members())
                        .as("random seed %d, seed %d", randomSeed, i)
                        .containsExactlyInAnyOrderElementsOf(alive);
                assertThat(network.seedAt(i).peerList().hash())
                        .isEqualTo(network.seedAt(0).peerList().hash());
            }
        }
    }

    private static void disturb(SeededNetwork network, Random64 random, int seeds, int peers) {
        switch (random.nextInt(5)) {
            case 0 -> {
                long sides = random.nextLong();
                network.isCut = (from, to) -> side(sides, from) != side(sides, to);
            }
            case 1 -> network.isCut = (from, to) -> false;
            case 2 -> {
                int index = random.nextInt(seeds);
                if (network.seedAt(index) == null) {
                    network.startSeed(index);
                } else {
                    network.kill(seed(index));
                }
            }
            case 3 -> {
                int index = random.nextInt(peers);
                if (network.peerAt(index) == null) {
                    network.startPeer(index, NodeSpec.seeded(network.seeds));
                } else {
                    network.kill(peer(index));
                }
            }
            default -> network.pause(peer(random.nextInt(peers)), network.nowNanos + random.nextLong(20 * SECOND));
        }
    }

    private static long side(long sides, NodeId node) {
        return (sides >>> (node.port() % 60)) & 1;
    }

    private static void assertNoConflict(SeededNetwork network, int seeds, long randomSeed) {
        Map<List<Object>, Statement> byPlaceAndLife = new HashMap<>();
        for (int i = 0; i < seeds; i++) {
            if (network.seedAt(i) == null) {
                continue;
            }
            for (Certificate certificate : network.seedAt(i).peerList().records()) {
                Statement statement = certificate.statement();
                Statement other =
                        byPlaceAndLife.putIfAbsent(List.of(statement.peer(), statement.incarnation()), statement);
                assertThat(other == null || other.key().equals(statement.key()))
                        .as("random seed %d: %s and %s", randomSeed, other, statement)
                        .isTrue();
            }
        }
    }

    /** Loss of one in ten and pauses shorter than the suspicion time: nobody who lives is removed. */
    @Test
    void noLivingPeerIsRemovedForBeingSlow() {
        for (long randomSeed = 1; randomSeed <= 1000; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            SeededNetwork network = network(randomSeed, 3, 8);
            network.lossPercent = 10;
            network.run(10 * SECOND);
            for (int i = 0; i < 20; i++) {
                network.pause(peer(random.nextInt(8)), network.nowNanos + random.nextLong(1_900 * MILLI));
                network.run(3 * SECOND);
            }
            assertThat(network.told(Signal.Decided.class))
                    .as("random seed %d", randomSeed)
                    .noneMatch(
                            decided -> decided.approved() && decided.statement().change() == Statement.Change.REMOVE);
        }
    }
}
