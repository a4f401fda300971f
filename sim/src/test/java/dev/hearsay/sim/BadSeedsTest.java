package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static dev.hearsay.sim.SeededRun.peers;
import static dev.hearsay.sim.SeededRun.seed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One seed has gone bad: whoever runs it has its key. The others, and the peers, are not taken in. */
class BadSeedsTest {

    private static final int RUNS = 40;
    private static final int BAD = 2;

    private static SeededRun network(long randomSeed, int seeds, int peers) {
        SeededRun run = SeededRun.of(randomSeed, seeds, peers).run(20 * SECOND);
        assertThat(run.list(0).members()).hasSize(peers);
        run.kill(Victims.seeds(BAD));
        return run;
    }

    private static Statement ghost(SeededRun run) {
        return new Statement(Change.REGISTER, peer(66), 1, run.stranger(5).publicKey());
    }

    private static PeerListProtocol.PeerList list(SeededRun run, long revision, List<Certificate> certificates) {
        return new PeerListProtocol.PeerList(
                run.keysOf(seed(BAD)).publicKey(), 0, new PeerListProtocol.Edition(1, revision), certificates, false);
    }

    /** It certifies alone, twice over, with made-up signatures, with those of nobody, and with nonsense. */
    @Test
    void itsOwnCertificatesConvinceNobody() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed, 3, 5);
            Signatures bad = run.keysOf(seed(BAD));
            int refusedBefore = run.refusals().size();
            for (Statement statement : List.of(ghost(run), run.registration(1).removal())) {
                Certificate.Vote own = new Certificate.Vote(seed(BAD), bad.sign(statement.ballot()));
                Certificate.Vote forged = new Certificate.Vote(seed(1), bad.sign(statement.ballot()));
                Certificate.Vote stranger = new Certificate.Vote(seed(9), bad.sign(statement.ballot()));
                Certificate.Vote nonsense = new Certificate.Vote(seed(1), bad.sign(new byte[] {1, 2, 3}));
                for (List<Certificate.Vote> votes : List.of(
                        List.of(own),
                        List.of(own, own),
                        List.of(own, forged),
                        List.of(own, stranger),
                        List.of(own, nonsense),
                        List.<Certificate.Vote>of())) {
                    Certificate certificate = new Certificate(statement, votes);
                    run.forge(seed(BAD), seed(0), list(run, 99, List.of(certificate)));
                    run.forge(seed(BAD), peer(0), list(run, 99, List.of(certificate)));
                    run.forge(seed(BAD), peer(0), new RemovalProtocol.RemovalNotify(certificate));
                    run.forge(seed(BAD), peer(0), new RegistrationProtocol.RegisterAck(bad.publicKey(), certificate));
                }
            }
            run.run(10 * SECOND);
            assertThat(run.list(0).members()).hasSize(5);
            assertThat(run.peerAt(0).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            assertThat(run.refusals()).hasSize(refusedBefore + 2 * 6 * 4);
        }
    }

    /** A peer of whom one seed's list says nothing is learnt from the others. */
    @Test
    void whomItOmitsIsHiddenFromNobody() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run =
                    SeededRun.of(randomSeed, 3, 6, "crash", "5@0s+21s:no-disk").run(20 * SECOND);
            run.kill(Victims.seeds(BAD));
            for (int i = 0; i < 20; i++) {
                for (int p = 0; p < 6; p++) {
                    if (run.isUpPeer(p)) {
                        run.forge(seed(BAD), peer(p), list(run, 1_000 + i, List.of()));
                    }
                }
                run.run(SECOND);
            }
            for (int p = 0; p < 6; p++) {
                assertThat(run.peerAt(p).members()).hasSize(6);
            }
        }
    }

    /** An impostor says in a good seed's name that there was nothing new, far ahead of what there is. */
    @Test
    void aListInAnothersNameLeavesNoGap() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 1, 5, "crash", "4@0s+21s:no-disk");
            run.enemy = told -> {
                if (told.event() instanceof PeerListProtocol.PeerListReceived && told.by() < 4) {
                    PeerListProtocol.Edition ahead = new PeerListProtocol.Edition(1, 1L << 40);
                    run.forge(
                            seed(0),
                            peer(told.by()),
                            new PeerListProtocol.PeerList(run.keysOf(seed(0)).publicKey(), 7, ahead, List.of(), false));
                }
            };
            run.run(40 * SECOND);
            for (int p = 0; p < 5; p++) {
                assertThat(run.peerAt(p).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            }
        }
    }

    /** It votes again and again, in its own name and in others'; one seed is one vote. */
    @Test
    void itsVoteCountsOnce() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed, 5, 3);
            run.kill(Victims.seeds(1, 3, 4));
            run.kill(Victims.nodes(2));
            run.run(SECOND);
            Statement removal = run.registration(2).removal();
            Signatures bad = run.keysOf(seed(BAD));
            for (int i = 0; i < 60; i++) {
                for (NodeId name : List.of(seed(BAD), seed(1), seed(3), peer(0))) {
                    run.forge(name, seed(0), new VotingProtocol.Vote(removal, bad.sign(removal.ballot()), ""));
                }
                run.run(SECOND / 2);
            }
            assertThat(run.told(VotingProtocol.Proposed.class))
                    .anyMatch(one -> one.statement().equals(removal));
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 2));
        }
    }

    /** It proposes whom nobody has asked for, and removals that nobody confirms. */
    @Test
    void whatItProposesIsExaminedByTheOthers() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run = network(randomSeed, 3, 4);
            Signatures stranger = run.stranger(5);
            Statement ghost = ghost(run);
            Statement removal = run.registration(1).removal();
            run.forgeToSeeds(
                    seed(BAD),
                    new VotingProtocol.ProposeRegister(
                            new RegistrationProtocol.RegisterRequest(ghost, stranger.sign(ghost.request()), "")));
            run.forgeToSeeds(
                    seed(BAD),
                    new VotingProtocol.ProposeRegister(new RegistrationProtocol.RegisterRequest(
                            ghost, run.keysOf(seed(BAD)).sign(ghost.request()), "")));
            run.forgeToSeeds(
                    seed(BAD),
                    new VotingProtocol.ProposeRemove(
                            new RemovalProtocol.DeadNodeReport(removal, "x", null, List.of())));
            run.run(15 * SECOND);
            assertThat(run.told(VotingProtocol.Voted.class))
                    .filteredOn(voted -> voted.proposer().equals(seed(BAD))
                            && (voted.statement().equals(ghost)
                                    || voted.statement().equals(removal)))
                    .hasSize(6)
                    .noneMatch(VotingProtocol.Voted::yes);
            assertThat(run.list(0).members()).hasSize(4);
        }
    }

    /** With one seed dead, both others are needed; and one says no in the name of the other as soon as anything is proposed. */
    @Test
    void aNoInAnothersNameStopsNothing() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run =
                    SeededRun.of(randomSeed, 3, 4, "crash", "3@0s+21s:no-disk").run(20 * SECOND);
            run.kill(Victims.seeds(BAD));
            run.enemy = told -> {
                if (told.event() instanceof VotingProtocol.Proposed(Statement statement, boolean own, int needed)) {
                    int proposer = told.by() - 4;
                    run.forge(seed(1 - proposer), seed(proposer), new VotingProtocol.Vote(statement, null, "no"));
                }
            };
            run.run(40 * SECOND);
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 2, 3));
        }
    }

    /** It calls a vote on whoever asks, so that the others only vote, and makes nothing of it; and it does so again and again. */
    @Test
    void votesThatItNeverEndsHoldNobodyUp() {
        for (int randomSeed = 0; randomSeed < RUNS; randomSeed++) {
            SeededRun run =
                    SeededRun.of(randomSeed, 3, 4, "crash", "3@0s+21s:no-disk").run(20 * SECOND);
            run.kill(Victims.seeds(BAD));
            List<Message> proposals = new ArrayList<>();
            run.spy = message -> {
                if (message instanceof RegistrationProtocol.RegisterRequest request) {
                    proposals.add(new VotingProtocol.ProposeRegister(request));
                }
            };
            for (int i = 0; i < 50; i++) {
                run.run(SECOND / 10);
                proposals.forEach(proposal -> run.forgeToSeeds(seed(BAD), proposal));
            }
            assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 2, 3));
            assertThat(run.list(1).members()).isEqualTo(peers(0, 1, 2, 3));
        }
    }
}
