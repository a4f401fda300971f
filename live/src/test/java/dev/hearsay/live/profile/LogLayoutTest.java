package dev.hearsay.live.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLayoutTest {

    private static final NodeId SEED = new NodeId("127.0.0.1", 6000);
    private static final NodeId PEER = new NodeId("127.0.0.1", 7000);
    private static final Statement IN =
            new Statement(Change.REGISTER, PEER, 1, PublicKey.parse("abc123" + "0".repeat(58)));

    private static List<String> consensus(Event event) {
        return new ConsensusLayout()
                .lines(SEED, event, id -> null).stream().map(LogLine::text).toList();
    }

    /** The lines as the document of the consensus network shows them. */
    @Test
    void consensusLinesReadAsTheDocumentShowsThem() {
        assertThat(consensus(new Lifecycle.SeedStarted(3, 2, List.of())))
                .containsExactly(
                        "Seed node initialized at 127.0.0.1:6000",
                        "Total seeds: 3, Quorum: 2",
                        "Seed node listening on 127.0.0.1:6000");
        assertThat(consensus(new VotingProtocol.Proposed(IN, true, 2)))
                .containsExactly(
                        "PROPOSAL: Register peer 127.0.0.1:7000  [id=abc123, self-vote=YES, votes=1/2 needed]");
        assertThat(consensus(new VotingProtocol.VoteReceived(IN, new NodeId("127.0.0.1", 6001), true, "", 2, 2)))
                .containsExactly("Vote from 127.0.0.1:6001: YES  (total 2/2)");
        assertThat(consensus(new VotingProtocol.Decided(IN, true, 3, 3, 2, "")))
                .containsExactly("CONSENSUS OUTCOME — APPROVED: Peer 127.0.0.1:7000  [votes=3/3, quorum=2]");
        assertThat(consensus(new PeerListProtocol.ListChanged(IN.removal(), List.of())))
                .containsExactly("CONFIRMED REMOVAL: 127.0.0.1:7000", "Current Peer List: []");
        assertThat(consensus(new GeneratorProtocol.Generated(1, "1708776008.5:127.0.0.1:7000:1")))
                .containsExactly("Generated gossip #1: 1708776008.5:127.0.0.1:7000:1");
    }

    @Test
    void everyKeywordThatPeopleGrepForIsThere() {
        List<String> all = new ArrayList<>();
        for (Event event : List.of(
                new VotingProtocol.Proposed(IN, false, 2),
                new VotingProtocol.Decided(IN, true, 2, 3, 2, ""),
                new VotingProtocol.Decided(IN, false, 1, 3, 2, "no"),
                new PeerListProtocol.ListChanged(IN.removal(), List.of()),
                new VotingProtocol.Voted(IN, SEED, true, ""),
                new VotingProtocol.Voted(IN, SEED, false, "no"),
                new VotingProtocol.VoteReceived(IN, SEED, false, "no", 1, 2),
                new PeerListProtocol.PeerListReceived(SEED, 1, 1),
                new RumorProtocol.Delivered(
                        new dev.hearsay.core.RumorId(1, 2, 3, 4), PEER, PEER, 1, List.of(), RumorProtocol.Way.EAGER),
                new GeneratorProtocol.Generated(1, "x"),
                new SuspicionProtocol.DeadNodeReported("Dead Node:127.0.0.1:7004:1708776030:127.0.0.1", 3),
                new HeartbeatProtocol.Suspected(PEER, 2),
                new RegistrationProtocol.Registered(IN, SEED))) {
            all.addAll(consensus(event));
        }
        for (String keyword : List.of(
                "PROPOSAL:",
                "CONSENSUS OUTCOME — APPROVED",
                "CONSENSUS OUTCOME — REJECTED",
                "CONFIRMED REMOVAL:",
                "Voting YES",
                "Voting NO",
                "Vote from",
                "Current Peer List:",
                "Received Peer List from seed",
                "Gossip received [from=",
                "Generated gossip",
                "DEAD NODE REPORT: Dead Node:127.0.0.1:7004:1708776030:127.0.0.1",
                "Suspect",
                "suspected",
                "ACK")) {
            assertThat(all).as(keyword).anyMatch(line -> line.contains(keyword));
        }
        // A neighbour that says goodbye is suspected at once: what the others say of it is then the only line.
        assertThat(consensus(new SuspicionProtocol.SuspicionDecided(PEER, 2, 3, true)))
                .containsExactly("Suspected neighbor 127.0.0.1:7000: 2 of 3 neighbors confirm");
    }

    @Test
    void classicSeedsListTheirPeersAsTheirDocumentShows() {
        List<LogLine> lines = new ClassicLayout()
                .lines(
                        SEED,
                        new PeerListProtocol.ListChanged(IN, List.of(PEER, new NodeId("127.0.0.1", 7001))),
                        id -> null);
        assertThat(lines)
                .containsExactly(LogLine.info("New peer registered: 127.0.0.1:7000."
                        + " Current peers: {('127.0.0.1', 7000), ('127.0.0.1', 7001)}"));
    }

    @Test
    void ofALongTextTheBeginningIsShown() {
        String most = "ä".repeat(1000);
        assertThat(LogLine.shown(most.getBytes(UTF_8))).isEqualTo(most);
        assertThat(LogLine.shown((most + "x").getBytes(UTF_8))).isEqualTo(most + "…");
        assertThat(LogLine.shown("🍎".repeat(100_000).getBytes(UTF_8))).isEqualTo("🍎".repeat(500) + "…");
        assertThat(LogLine.shown(("x" + "🍎".repeat(500)).getBytes(UTF_8))).isEqualTo("x" + "🍎".repeat(499) + "…");
    }

    @Test
    void linesCarryTimeAndPlace() {
        assertThat(LogFiles.consensusLine(0, SEED, true, LogLine.warning("x")))
                .matches("\\[19(69|70)-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] \\[SEED:6000] WARNING - x");
        assertThat(LogFiles.classicLine(0, LogLine.info("x"))).matches("\\[19(69|70)-.*] x");
    }

    @Test
    void filesOfTheSameSecondAreNotOverwrittenAndSharedLinesAreWhole(@TempDir Path directory) throws Exception {
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 8; w++) {
            String line = "x".repeat(200 + w);
            LogFiles files = LogFiles.consensus(directory, now);
            writers.add(Thread.ofPlatform().start(() -> {
                try (files) {
                    for (int i = 0; i < 200; i++) {
                        files.append(line);
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        try (var own = Files.list(directory.resolve("logs"))) {
            assertThat(own).hasSize(8);
        }
        assertThat(Files.readAllLines(directory.resolve("outputfile.txt")))
                .hasSize(1600)
                .allMatch(line -> line.matches("x{200,207}"));
    }
}
