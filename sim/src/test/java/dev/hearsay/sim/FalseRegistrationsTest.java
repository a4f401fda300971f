package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static dev.hearsay.sim.SeededRun.peers;
import static dev.hearsay.sim.SeededRun.seed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members that are none, and members that are kept out. {@link MembershipChecker} breaks the run if anybody is certified who is not there. */
class FalseRegistrationsTest {

    private static final int RUNS = 40;

    private static RegistrationProtocol.RegisterRequest request(Signatures keys, NodeId claimed, long incarnation) {
        Statement statement = new Statement(Change.REGISTER, claimed, incarnation, keys.publicKey());
        return new RegistrationProtocol.RegisterRequest(statement, keys.sign(statement.request()), "");
    }

    @Test
    void anAddressAtWhichNobodyHoldsTheKeyIsNotRegistered() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 2).run(10 * SECOND);
            for (NodeId claimed : List.of(peer(9), peer(0), seed(1))) {
                Message request = request(run.stranger(1), claimed, 5);
                run.forgeToSeeds(claimed, request);
                run.forge(seed(2), seed(0), new VotingProtocol.ProposeRegister((RegistrationProtocol.RegisterRequest)
                        request));
            }
            run.run(20 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1));
            assertThat(run.list(0).incarnation(peer(0))).isEqualTo(1);
            assertThat(run.told(VotingProtocol.Decided.class))
                    .filteredOn(decided -> !decided.approved())
                    .hasSize(6)
                    .allSatisfy(decided -> assertThat(decided.reason()).contains("proves to hold that key"));
        }
    }

    /** A request of the peer itself, overheard, and said again when it is dead and removed. */
    @Test
    void anOldRequestDoesNotRaiseTheDead() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 5);
            List<Message> overheard = new ArrayList<>();
            run.spy = message -> {
                if (message instanceof RegistrationProtocol.RegisterRequest request
                        && request.statement().peer().equals(peer(2))) {
                    overheard.add(message);
                }
            };
            run.run(10 * SECOND).kill(Victims.nodes(2));
            run.run(20 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 3, 4));
            assertThat(overheard).isNotEmpty();
            overheard.forEach(message -> run.forgeToSeeds(peer(2), message));
            run.run(20 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 3, 4));
        }
    }

    /** Nobody may be left with an address at which all incarnations are used up, or be driven there. */
    @Test
    void incarnationsDoNotRunOut() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 3);
            run.enemy = told -> {
                if (told.event()
                        instanceof
                        RegistrationProtocol.Applied(Statement statement, List<NodeId> asked, int configured)) {
                    run.forge(
                            seed(2),
                            statement.peer(),
                            new RegistrationProtocol.RegisterNack(
                                    run.keysOf(seed(2)).publicKey(), statement, "no", Long.MAX_VALUE));
                }
            };
            run.forgeToSeeds(peer(0), request(run.keysOf(peer(0)), peer(0), Long.MAX_VALUE));
            run.run(30 * SECOND);
            for (int i = 0; i < 3; i++) {
                assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2));
                assertThat(run.list(0).incarnation(peer(i))).isLessThan(1 << 20);
            }
        }
    }

    /** Under any loss: a seed that says no to whatever is asked drives a peer from life to life, but not for ever. */
    @Test
    void oneSeedThatAlwaysSaysNoKeepsNobodyOut() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 3, "loss", "10%", "latency", "exponential:40ms");
            run.enemy = told -> {
                if (told.event()
                        instanceof
                        RegistrationProtocol.Applied(Statement statement, List<NodeId> asked, int configured)) {
                    Message no = new RegistrationProtocol.RegisterNack(
                            run.keysOf(seed(2)).publicKey(), statement, "no", statement.incarnation());
                    run.forge(seed(2), statement.peer(), no);
                }
            };
            run.run(SECOND).kill(Victims.seeds(2));
            run.run(60 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 2));
            for (int i = 0; i < 3; i++) {
                assertThat(run.peerAt(i).members()).hasSize(3);
            }
        }
    }

    @Test
    void aFloodOfRequestsFromOneHostIsTurnedAwayAndTheOthersAreServed() {
        SeededRun run = SeededRun.of(10, 3, 6, "crash", "5@0s+21s:no-disk").run(20 * SECOND);
        for (int i = 0; i < 10_000; i++) {
            NodeId claimed = new NodeId("flood", 1 + i);
            run.forge(claimed, seed(0), request(run.stranger(i), claimed, 1));
        }
        run.run(30 * SECOND);
        assertThat(run.list(0).members()).hasSize(6).contains(peer(5));
        assertThat(floodProposals(run)).isLessThanOrEqualTo(2_000);
    }

    /** Every request claims a host of its own, so that no limit per host helps. */
    @Test
    void aFloodFromManyHostsFillsNoMemoryAndPasses() {
        SeededRun run = SeededRun.of(11, 3, 6, "crash", "5@0s+21s:no-disk").run(20 * SECOND);
        for (int i = 0; i < 30_000; i++) {
            NodeId claimed = new NodeId("flood" + i, 1);
            run.forge(claimed, seed(0), request(run.stranger(i), claimed, 1));
        }
        run.run(60 * SECOND);
        assertThat(run.list(0).members()).hasSize(6).contains(peer(5));
        assertThat(floodProposals(run)).isLessThanOrEqualTo(10_000);
    }

    private static long floodProposals(SeededRun run) {
        return run.told(VotingProtocol.Proposed.class).stream()
                .filter(proposed -> proposed.statement().peer().host().startsWith("flood"))
                .count();
    }

    @Test
    void whoAsksTwiceIsRegisteredOnce() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 5, 3, "duplicate", "50%", "reorder", "20%")
                    .run(20 * SECOND);
            run.start(run.kill(Victims.nodes(1)));
            run.run(20 * SECOND);
            for (int i = 0; i < 5; i++) {
                assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2));
                assertThat(run.list(i).incarnation(peer(1))).isEqualTo(1);
                assertThat(run.list(i).hash()).isEqualTo(run.list(0).hash());
            }
            assertThat(run.told(VotingProtocol.Proposed.class).stream()
                            .map(VotingProtocol.Proposed::statement)
                            .filter(statement -> statement.peer().equals(peer(2)))
                            .toList())
                    .as("one seed proposes it, or several, and it is one record")
                    .isNotEmpty()
                    .containsOnly(run.registration(2));
        }
    }
}
