package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.MILLI;
import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static dev.hearsay.sim.SeededRun.seed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RemovalProtocol.Confirmation;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Peers that say of the living that they are dead: alone, together, with forged words and with old ones. The accused stays. */
class FalseAccusersTest {

    private static final int RUNS = 40;
    private static final int SEEDS = 3;
    private static final int PEERS = 5;
    private static final int ACCUSED = 3;
    private static final int[] OTHERS = {0, 1, 2, 4};

    private static SeededRun network(long randomSeed) {
        SeededRun run =
                SeededRun.of(randomSeed, SEEDS, PEERS, "duplicate", "5%").run(20 * SECOND);
        assertThat(run.list(0).members()).hasSize(PEERS);
        return run;
    }

    private static Confirmation confirmation(SeededRun run, Statement registration, int witness) {
        byte[] content = registration.removal().confirmation();
        return new Confirmation(peer(witness), run.keysOf(peer(witness)).sign(content));
    }

    private static List<Confirmation> confirmations(SeededRun run, Statement registration, int... witnesses) {
        List<Confirmation> confirmations = new ArrayList<>();
        for (int witness : witnesses) {
            confirmations.add(confirmation(run, registration, witness));
        }
        return confirmations;
    }

    /** Peer 0 reports to all seeds, and everybody is still in afterwards. */
    private static void report(SeededRun run, @Nullable Declaration suspicions, List<Confirmation> confirmations) {
        Statement removal = run.registration(ACCUSED).removal();
        run.forgeToSeeds(
                peer(0), new RemovalProtocol.DeadNodeReport(removal, "Dead Node:x", suspicions, confirmations));
        run.run(15 * SECOND);
        for (int i = 0; i < SEEDS; i++) {
            assertThat(run.list(i).members()).as("seed %d", i).hasSize(PEERS);
            assertThat(run.list(i).incarnation(peer(ACCUSED))).isEqualTo(1);
        }
    }

    private static boolean isTooFew(String refusal) {
        return refusal.startsWith("the report of " + peer(0)) && refusal.contains("neighbours confirm it");
    }

    @Test
    void oneAccuserIsNotEnough() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            report(run, null, confirmations(run, run.registration(ACCUSED), 0));
            assertThat(run.refusals()).filteredOn(FalseAccusersTest::isTooFew).hasSize(SEEDS);
        }
    }

    @Test
    void aColludingMinorityOfTheNeighboursIsNotEnough() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            List<NodeId> neighbours = run.peerAt(ACCUSED).neighbours();
            int[] minority = neighbours.subList(0, neighbours.size() / 2).stream()
                    .mapToInt(NodeId::port)
                    .toArray();
            report(run, null, confirmations(run, run.registration(ACCUSED), minority));
            assertThat(run.refusals()).filteredOn(FalseAccusersTest::isTooFew).hasSize(SEEDS);
        }
    }

    @Test
    void evenAllNeighboursCannotRemoveAPeerThatAnswersTheSeeds() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            report(run, null, confirmations(run, run.registration(ACCUSED), OTHERS));
            assertThat(run.told(VotingProtocol.Decided.class))
                    .filteredOn(decided -> decided.statement().change() == Change.REMOVE)
                    .isNotEmpty()
                    .allSatisfy(decided -> {
                        assertThat(decided.approved()).isFalse();
                        assertThat(decided.reason()).contains("answers this seed's ping");
                    });
        }
    }

    /** The worst moment: all neighbours lie while the accused stands still for a little less than the suspicion time. */
    @Test
    void norOneThatPausesMeanwhile() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            run.pause(ACCUSED, 1_900 * MILLI);
            report(run, null, confirmations(run, run.registration(ACCUSED), OTHERS));
        }
    }

    @Test
    void theAccusedItselfMustHaveNamedItsWitnesses() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            Statement registration = run.registration(ACCUSED);
            // Forged by the accuser, who would like to be all the witnesses; and genuine, but an old one.
            Declaration forged = Declaration.of(run.keysOf(peer(0)), registration, 1L << 60, List.of(peer(0)));
            report(run, forged, confirmations(run, registration, 0));
            Declaration old = Declaration.of(run.keysOf(peer(ACCUSED)), registration, 1, List.of(peer(0)));
            report(run, old, confirmations(run, registration, 0));
            assertThat(run.refusals()).filteredOn(FalseAccusersTest::isTooFew).hasSize(2 * SEEDS);
        }
    }

    @Test
    void forgedConfirmationsSpoilTheReport() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            byte[] content = run.registration(ACCUSED).removal().confirmation();
            List<Confirmation> forged = new ArrayList<>();
            for (int witness : OTHERS) {
                forged.add(new Confirmation(peer(witness), run.keysOf(peer(0)).sign(content)));
            }
            report(run, null, forged);
            assertThat(run.refusals()).filteredOn(r -> r.contains("is forged")).hasSize(SEEDS);
            // One word, said a thousand times.
            List<Confirmation> repeated = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                repeated.add(confirmation(run, run.registration(ACCUSED), 0));
            }
            report(run, null, repeated);
            assertThat(run.refusals())
                    .filteredOn(r -> r.contains("more confirmations"))
                    .hasSize(SEEDS);
        }
    }

    @Test
    void aWordForOneThingDoesNotServeForAnother() {
        SeededRun run = network(1);
        Statement registration = run.registration(ACCUSED);
        // What witnesses sign when they ask to be registered themselves, or as a vote, is no confirmation.
        List<Confirmation> others = new ArrayList<>();
        for (int witness : OTHERS) {
            others.add(new Confirmation(
                    peer(witness),
                    run.keysOf(peer(witness)).sign(registration.removal().ballot())));
        }
        report(run, null, others);
        assertThat(run.refusals()).filteredOn(r -> r.contains("is forged")).hasSize(SEEDS);
    }

    @Test
    void whatWasSignedForAnEarlierLifeDoesNotServeForThisOne() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            Statement first = run.registration(ACCUSED);
            List<Confirmation> confirmations = confirmations(run, first, OTHERS);
            run.pause(ACCUSED, 40 * SECOND);
            run.run(80 * SECOND);
            assertThat(run.registration(ACCUSED).incarnation()).isEqualTo(2);
            Certificate firstRemoval = Objects.requireNonNull(run.removals.get(first.removal()));
            run.forgeToSeeds(peer(0), new RemovalProtocol.DeadNodeReport(first.removal(), "x", null, confirmations));
            run.forge(seed(0), peer(1), new RemovalProtocol.RemovalNotify(firstRemoval));
            run.forge(seed(0), peer(ACCUSED), new RemovalProtocol.RemovalNotify(firstRemoval));
            run.run(20 * SECOND);
            assertThat(run.list(0).members()).hasSize(PEERS);
            assertThat(run.peerAt(1).members()).contains(peer(ACCUSED));
            assertThat(run.registration(ACCUSED).incarnation()).isEqualTo(2);
        }
    }

    /** Goodbyes in its name, to everybody who has a link to it: they may ask each other, but it is there. */
    @Test
    void forgedGoodbyesRemoveNobody() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed);
            for (int round = 0; round < 3; round++) {
                for (int other : OTHERS) {
                    run.forge(peer(ACCUSED), peer(other), new LinkProtocol.Leave());
                }
                run.run(5 * SECOND);
            }
            assertThat(run.list(0).members()).hasSize(PEERS);
            assertThat(run.list(0).incarnation(peer(ACCUSED))).isEqualTo(1);
        }
    }
}
