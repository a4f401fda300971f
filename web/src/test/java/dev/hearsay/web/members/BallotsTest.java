package dev.hearsay.web.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Votes put together from what seeds tell, in any order and more than once. */
class BallotsTest {

    private static final NodeId PEER = new NodeId("127.0.0.1", 7001);
    private static final PublicKey KEY = PublicKey.of(new byte[32]);
    private static final Statement ADD = new Statement(Change.REGISTER, PEER, 1, KEY);
    private static final Statement REMOVE = ADD.removal();

    private static NodeId seed(int number) {
        return new NodeId("127.0.0.1", 6000 + number);
    }

    private static TraceJson.Line line(long atMicros, NodeId node, Event event) {
        return new TraceJson.Line(atMicros, node, event);
    }

    /** A registration; then a removal that is refused for want of votes, and one that is approved. */
    private static List<TraceJson.Line> life() {
        NodeId neighbour = new NodeId("127.0.0.1", 7002);
        return List.of(
                line(90, PEER, new RegistrationProtocol.Applied(ADD, List.of(seed(1)), 3)),
                line(100, seed(1), new VotingProtocol.Proposed(ADD, true, 2)),
                line(110, seed(2), new VotingProtocol.Voted(ADD, seed(1), true, "")),
                line(112, seed(1), new VotingProtocol.VoteReceived(ADD, seed(2), true, "", 2, 2)),
                line(112, seed(1), new VotingProtocol.Decided(ADD, true, 2, 3, 2, "")),
                line(115, seed(3), new VotingProtocol.Voted(ADD, seed(1), true, "")),
                line(500, neighbour, new HeartbeatProtocol.Suspected(PEER, 3)),
                line(510, neighbour, new SuspicionProtocol.SuspicionDecided(PEER, 2, 2, true)),
                line(520, seed(2), new RemovalProtocol.Reported(REMOVE, neighbour, "Dead Node", List.of(neighbour))),
                line(530, seed(2), new VotingProtocol.Proposed(REMOVE, true, 2)),
                line(535, seed(2), new VotingProtocol.VoteReceived(REMOVE, seed(1), false, "it answers", 1, 2)),
                line(900, seed(2), new VotingProtocol.Decided(REMOVE, false, 1, 3, 2, "only 2 of 3")),
                line(1000, seed(2), new VotingProtocol.Proposed(REMOVE, true, 2)),
                line(1009, seed(1), new VotingProtocol.Voted(REMOVE, seed(2), true, "")),
                line(1010, seed(2), new VotingProtocol.VoteReceived(REMOVE, seed(1), true, "", 2, 2)),
                line(1010, seed(2), new VotingProtocol.Decided(REMOVE, true, 2, 3, 2, "")));
    }

    private static List<String> told(Ballots ballots) {
        List<String> told = new ArrayList<>();
        for (Ballot ballot : ballots.latest()) {
            StringBuilder votes = new StringBuilder();
            for (int i = 1; i <= 3; i++) {
                Ballot.Vote vote = ballot.votes().get(seed(i));
                votes.append(vote == null ? " -" : (vote.isYes() ? " yes@" : " no@") + vote.atMicros());
            }
            told.add(
                    ballot.beginMicros + " " + ballot.statement.change() + " by " + ballot.proposer.port() + votes + " "
                            + ballot.outcome + "@" + ballot.decidedMicros + " "
                            + ballots.evidence(ballot).stream()
                                    .map(Ballots.Evidence::atMicros)
                                    .toList());
        }
        return told;
    }

    @Test
    void eachVoteIsInItsPlace() {
        Ballots ballots = new Ballots();
        life().forEach(ballots::observe);
        assertThat(told(ballots))
                .containsExactly(
                        "1000 REMOVE by 6002 yes@1009 yes@1000 - APPROVED@1010 [500, 510, 520]",
                        "530 REMOVE by 6002 no@535 yes@530 - REFUSED@900 [500, 510, 520]",
                        "100 REGISTER by 6001 yes@100 yes@110 yes@115 APPROVED@112 [90]");
    }

    @Test
    void whatIsHeardTwiceAndByAnotherWayChangesNothing() {
        Ballots expected = new Ballots();
        life().forEach(expected::observe);
        for (int randomSeed = 1; randomSeed <= 200; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            Ballots ballots = new Ballots();
            // A seed tells its own in order; who is heard first is luck.
            List<List<TraceJson.Line>> streams = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                for (NodeId node : List.of(seed(1), seed(2), seed(3), PEER, new NodeId("127.0.0.1", 7002))) {
                    streams.add(new ArrayList<>(life().stream()
                            .filter(line -> line.node().equals(node))
                            .toList()));
                }
            }
            while (!streams.isEmpty()) {
                List<TraceJson.Line> stream = streams.get(random.nextInt(streams.size()));
                if (stream.isEmpty()) {
                    streams.remove(stream);
                } else {
                    ballots.observe(stream.removeFirst());
                }
            }
            assertThat(told(ballots)).as("random seed %d", randomSeed).isEqualTo(told(expected));
        }
    }

    @Test
    void theOldestMakeRoom() {
        Ballots ballots = new Ballots();
        for (int i = 1; i <= Ballots.BALLOTS_MAX + 20; i++) {
            ballots.observe(line(
                    1000 + i,
                    seed(1),
                    new VotingProtocol.Proposed(new Statement(Change.REGISTER, PEER, i, KEY), true, 2)));
        }
        assertThat(ballots.latest()).hasSize(Ballots.BALLOTS_MAX);
        assertThat(ballots.latest().getLast().beginMicros).isEqualTo(1021);
        ballots.observe(line(5, seed(1), new VotingProtocol.Proposed(ADD, true, 2)));
        assertThat(ballots.latest().getLast().beginMicros).isEqualTo(1021);
    }
}
