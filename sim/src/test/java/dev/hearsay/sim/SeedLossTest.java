package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.MILLI;
import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static dev.hearsay.sim.SeededRun.peers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeds that die, are cut off, come late, or have wrong clocks. */
class SeedLossTest {

    private static final int RUNS = 60;

    /** At any moment of the registrations, and at any of a removal. */
    @Test
    void aSeedKilledInTheMiddleOfAVoteStopsNobody() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 5, "disk", "3ms");
            run.run(randomSeed % 60 * MILLI).kill(Victims.seeds(randomSeed % 3));
            int up = (randomSeed + 1) % 3;
            run.run(40 * SECOND);
            assertThat(run.list(up).members()).isEqualTo(peers(0, 1, 2, 3, 4));
        }
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 5, "disk", "3ms").run(20 * SECOND);
            run.kill(Victims.nodes(1));
            while (run.told(SuspicionProtocol.DeadNodeReported.class).isEmpty()) {
                run.run(10 * MILLI);
            }
            ActiveFault struck = run.run(randomSeed * 50L * MILLI).kill(Victims.seeds(0));
            run.run(40 * SECOND);
            assertThat(run.list(1).members()).isEqualTo(peers(0, 2, 3, 4));
            run.start(struck);
            run.run(10 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 2, 3, 4));
            assertThat(run.list(0).hash()).isEqualTo(run.list(1).hash());
        }
    }

    /** The only seed that has formed the certificate dies before the others hear of it. */
    @Test
    void whatOnlyADeadSeedHasCertifiedIsNotLost() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 3, "loss", "10%");
            boolean[] isStruck = new boolean[1];
            run.enemy = told -> {
                if (told.event() instanceof RegistrationProtocol.Registered && !isStruck[0]) {
                    isStruck[0] = true;
                }
            };
            while (!isStruck[0]) {
                run.run(5 * MILLI);
            }
            run.kill(Victims.seeds(randomSeed % 3));
            run.run(150 * SECOND);
            for (int i = 1; i < 3; i++) {
                assertThat(run.list((randomSeed + i) % 3).members()).isEqualTo(peers(0, 1, 2));
            }
        }
    }

    @Test
    void withAMinorityOfSeedsDeadEverythingGoesOn() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run =
                    SeededRun.of(randomSeed, 5, 6, "crash", "5@0s+21s:no-disk").run(20 * SECOND);
            run.kill(Victims.seeds(1, 4));
            run.kill(Victims.nodes(3));
            run.run(40 * SECOND);
            for (int i : new int[] {0, 2, 3}) {
                assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 4, 5));
            }
            assertThat(run.told(PeerListProtocol.SeedsWithoutQuorum.class)).isEmpty();
        }
    }

    @Test
    void withAMajorityDeadMessagesSpreadAndMembershipWaitsAndSaysSo() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(
                            randomSeed,
                            3,
                            5,
                            "rumors",
                            "60",
                            "every",
                            "1s",
                            "publisher",
                            "0",
                            "crash",
                            "4@0s+22s:no-disk")
                    .run(20 * SECOND);
            ActiveFault struck = run.kill(Victims.seeds(1, 2));
            run.kill(Victims.nodes(3));
            run.run(60 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 2, 3));
            assertThat(run.told(PeerListProtocol.SeedsWithoutQuorum.class))
                    .containsExactly(new PeerListProtocol.SeedsWithoutQuorum(1, 3));
            assertThat(run.told(RegistrationProtocol.NotRegistered.class)).isNotEmpty();
            for (int p = 0; p < 3; p++) {
                assertThat(run.peerAt(p).log().entries()).as("all messages").hasSize(60);
            }
            run.start(struck);
            run.run(90 * SECOND);
            for (int i = 0; i < 3; i++) {
                assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 4));
            }
            assertThat(run.told(PeerListProtocol.SeedsWithQuorum.class)).isNotEmpty();
        }
    }

    /** Any partition, whoever is on which side; what the two sides may do meanwhile is checked after every event. */
    @Test
    void anyPartitionHealsAndTheMinorityHasChangedNothing() {
        for (int randomSeed = 0; randomSeed < 2 * RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 5, 6).run(20 * SECOND);
            int sides = randomSeed * 0x9E3779B9;
            List<Integer> cutPeers = IntStream.range(0, 6)
                    .filter(i -> ((sides >>> i) & 1) == 1)
                    .boxed()
                    .toList();
            List<Integer> cutSeeds = IntStream.range(0, 5)
                    .filter(i -> ((sides >>> (8 + i)) & 1) == 1)
                    .boxed()
                    .toList();
            if (cutPeers.isEmpty() && cutSeeds.isEmpty()) {
                continue;
            }
            ActiveFault struck = run.divide(Victims.of(cutPeers, cutSeeds));
            run.run(60 * SECOND);
            for (int i = 0; i < 5; i++) {
                boolean isMinority = (cutSeeds.size() < 3) == cutSeeds.contains(i);
                assertThat(run.list(i).members()).hasSizeGreaterThanOrEqualTo(isMinority ? 6 : 0);
            }
            run.start(struck);
            run.run(120 * SECOND);
            for (int i = 0; i < 5; i++) {
                assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 3, 4, 5));
                assertThat(run.list(i).hash()).isEqualTo(run.list(0).hash());
            }
        }
    }

    /** Two more seeds are written into the configuration; everybody is restarted with it, one after the other. */
    @Test
    void seedsThatAreAddedLaterCatchUp() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 5, 4);
            run.simulation.hosts().configure(3);
            run.run(20 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 2, 3));
            run.configure(3, 5);
            for (int i = 0; i < 3; i++) {
                run.start(run.kill(Victims.seeds(i)));
                run.run(SECOND);
            }
            for (int i = 0; i < 4; i++) {
                run.start(run.kill(Victims.nodes(i)));
                run.run(SECOND);
            }
            run.run(60 * SECOND);
            for (int i = 0; i < 5; i++) {
                assertThat(run.list(i).members()).as("seed %d", i).isEqualTo(peers(0, 1, 2, 3));
            }
            run.kill(Victims.seeds(0, 1));
            run.kill(Victims.nodes(2));
            run.run(60 * SECOND);
            assertThat(run.list(3).members()).isEqualTo(peers(0, 1, 3));
        }
    }

    @Test
    void clocksThatAreHoursOffChangeNothing() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(
                            randomSeed, 3, 5, "skew", "100%@0s:2h", "skew", "s100%@0s:1h", "skew", "s0,2@15s:3h")
                    .run(20 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            run.kill(Victims.nodes(4));
            run.run(30 * SECOND);
            for (int i = 0; i < 3; i++) {
                assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 3));
            }
            assertThat(run.peerAt(0).members()).doesNotContain(peer(4));
        }
    }

    /** The only seed that has certified a removal is cut off with some peers, tells them, and dies; the removed one is back before anybody else hears. */
    @Test
    void aRemovalThatOnlyPeersRememberReachesTheSeeds() {
        for (int randomSeed = 0; randomSeed < RUNS / 3; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 5).run(20 * SECOND);
            ActiveFault gone = run.kill(Victims.nodes(4));
            while (run.told(VotingProtocol.Decided.class).stream()
                    .noneMatch(decided ->
                            decided.yesVotes() > 0 && decided.statement().change() == Statement.Change.REMOVE)) {
                run.run(MILLI / 10);
            }
            int certifier = run.told.stream()
                            .filter(told -> told.event() instanceof VotingProtocol.Decided)
                            .toList()
                            .getLast()
                            .by()
                    - 5;
            ActiveFault cut = run.divide(Victims.of(List.of(0), List.of(certifier)));
            run.run(SECOND);
            run.kill(Victims.seeds(certifier));
            run.start(gone);
            run.run(30 * SECOND);
            run.start(cut);
            run.run(90 * SECOND);
            for (int i = 0; i < 3; i++) {
                if (i != certifier) {
                    assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
                    assertThat(run.list(i).hash())
                            .isEqualTo(Objects.requireNonNull(run.peerAt(0).peerList())
                                    .hash());
                }
            }
        }
    }
}
