package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.MILLI;
import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static dev.hearsay.sim.SeededRun.peers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Members come, go and come back. */
class MembershipTest {

    @Test
    void fivePeersAreRegisteredWithThreeSeedsAndGossip() {
        SeededRun run = SeededRun.of(1, 3, 5, "rumors", "50", "every", "1s").run(60 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(run.peerAt(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            assertThat(run.peerAt(i).neighbours()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(run.peerAt(i).log().entries()).hasSize(50);
        }
        assertThat(run.told(HeartbeatProtocol.Suspected.class)).isEmpty();
        assertThat(run.told(Lifecycle.Refused.class)).isEmpty();
        assertThat(run.measure(Measure.REGISTRATION_MAX)).isPositive().isLessThan(200);
    }

    @Test
    void aCrashedPeerIsRemovedEverywhereAndTheOthersStay() {
        for (long randomSeed = 1; randomSeed <= 50; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 6, "loss", "5%").run(20 * SECOND);
            run.kill(Victims.nodes(4));
            run.run(30 * SECOND);
            for (int i = 0; i < 3; i++) {
                assertThat(run.list(i).members())
                        .as("random seed %d, seed %d", randomSeed, i)
                        .isEqualTo(peers(0, 1, 2, 3, 5));
            }
            for (int i : new int[] {0, 1, 2, 3, 5}) {
                assertThat(run.peerAt(i).members()).isEqualTo(peers(0, 1, 2, 3, 5));
                assertThat(run.peerAt(i).neighbours()).doesNotContain(peer(4));
            }
            assertThat(run.measure(Measure.DETECTION)).isBetween(2_000.0, 15_000.0);
        }
    }

    @Test
    void aPeerPausedPastItsRemovalComesBackOneIncarnationHigher() {
        SeededRun run = SeededRun.of(3, 3, 5).run(20 * SECOND);
        run.pause(2, 40 * SECOND);
        run.run(30 * SECOND);
        assertThat(run.list(0).members()).isEqualTo(peers(0, 1, 3, 4));
        run.run(40 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(run.list(i).members()).isEqualTo(peers(0, 1, 2, 3, 4));
            assertThat(run.list(i).incarnation(peer(2))).isEqualTo(2);
        }
        assertThat(run.measure(Measure.FALSE_REMOVALS)).isEqualTo(1);
    }

    /** Loss of one in ten and pauses shorter than the suspicion time: nobody who lives is removed. */
    @Test
    void noLivingPeerIsRemovedForBeingSlow() {
        for (long randomSeed = 1; randomSeed <= 1000; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            SeededRun run = SeededRun.of(randomSeed, 3, 8, "loss", "10%").run(10 * SECOND);
            for (int i = 0; i < 20; i++) {
                run.pause(random.nextInt(8), 1 + random.nextLong(1_900 * MILLI));
                run.run(3 * SECOND);
            }
            assertThat(run.measure(Measure.REMOVALS))
                    .as("random seed %d", randomSeed)
                    .isZero();
        }
    }

    /** The round trips of a slow link are longer than the suspicion time; once they are known, nobody is suspected. */
    @Test
    void aSlowLinkIsNoReasonToSuspectAnybody() {
        SeededRun run = SeededRun.of(5, 3, 6, "latency", "uniform:550ms-650ms").run(60 * SECOND);
        assertThat(run.list(0).members()).hasSize(6);
        run.told.clear();
        run.run(120 * SECOND);
        assertThat(run.told(HeartbeatProtocol.Suspected.class)).isEmpty();
    }

    /** The seeds that are asked share the work: one calls the vote, the others join; one tells the members. */
    @Test
    void aJoinIsOneVoteAndARemovalIsToldOnce() {
        int peers = 40;
        for (long randomSeed = 1; randomSeed <= 5; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, peers, "topology", "powerlaw:1:3");
            int[] notices = new int[1];
            run.spy = message -> notices[0] += message instanceof RemovalProtocol.RemovalNotify ? 1 : 0;
            run.run(20 * SECOND);
            assertThat(run.list(0).members()).hasSize(peers);
            assertThat(run.told(VotingProtocol.Proposed.class)).hasSize(peers);
            Map<Integer, Long> shares = run.told.stream()
                    .filter(told -> told.event() instanceof VotingProtocol.Proposed)
                    .collect(Collectors.groupingBy(SeededRun.Told::by, Collectors.counting()));
            assertThat(shares)
                    .hasSize(3)
                    .allSatisfy((seed, share) -> assertThat(share).isGreaterThan(4));
            run.kill(Victims.nodes(7));
            run.run(20 * SECOND);
            assertThat(run.list(0).members()).hasSize(peers - 1);
            assertThat(run.told(VotingProtocol.Proposed.class)).hasSize(peers + 1);
            assertThat(notices[0]).isEqualTo(peers);
        }
    }

    /** It knows from before whom it was linked to; they do not answer it, for it was removed meanwhile and is not registered again. */
    @Test
    void aPeerThatIsNotRegisteredSuspectsNobody() {
        for (long randomSeed = 1; randomSeed <= 10; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 5).run(20 * SECOND);
            ActiveFault gone = run.kill(Victims.nodes(2));
            run.run(30 * SECOND);
            assertThat(run.list(0).members()).doesNotContain(peer(2));
            ActiveFault seeds = run.kill(Victims.seeds(1, 2));
            run.told.clear();
            run.start(gone);
            run.run(60 * SECOND);
            assertThat(run.told)
                    .filteredOn(told -> told.by() == 2)
                    .extracting(SeededRun.Told::event)
                    .hasAtLeastOneElementOfType(RegistrationProtocol.NotRegistered.class)
                    .noneMatch(event ->
                            event instanceof HeartbeatProtocol.Suspected || event instanceof HeartbeatProtocol.Silent);
            run.start(seeds);
            run.run(60 * SECOND);
            assertThat(run.list(0).members()).hasSize(5);
        }
    }

    /** What a log says of a start: how many seeds can be reached, before it is registered; and nothing that is not so. */
    @Test
    void aPeerSaysHowManySeedsItReachesBeforeItIsRegistered() {
        for (long randomSeed = 1; randomSeed <= 20; randomSeed++) {
            SeededRun run =
                    SeededRun.of(randomSeed, 3, 4, "crash", "3@0s+21s:no-disk").run(20 * SECOND);
            run.kill(Victims.seeds((int) randomSeed % 3));
            run.run(20 * SECOND);
            List<Event> said = run.told.stream()
                    .filter(told -> told.by() == 3 && told.atNanos() > 20 * SECOND)
                    .map(SeededRun.Told::event)
                    .filter(event -> event instanceof RegistrationProtocol.SeedsAnswered
                            || event instanceof RegistrationProtocol.Registered
                            || event instanceof RegistrationProtocol.NotRegistered)
                    .toList();
            assertThat(said).hasSize(2);
            assertThat(said.getFirst())
                    .isInstanceOfSatisfying(
                            RegistrationProtocol.SeedsAnswered.class,
                            answered -> assertThat(answered.seeds()).hasSize(2));
            assertThat(said.getLast()).isInstanceOf(RegistrationProtocol.Registered.class);
        }
    }
}
