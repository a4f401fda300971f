package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks of real peers and seeds on loopback, run by the commands that people type. */
@Tag("slow")
class SeededNetworkLifeTest extends SeededRun {

    @Test
    void worksAsTheDocumentOfConsensusMembershipSays() throws Exception {
        Files.writeString(run.resolve("config.txt"), "127.0.0.1:1 # mine\n");
        Files.writeString(run.resolve("outputfile.txt"), "of another launch\n");
        String start =
                "start-network --seeds 3 --peers 4 --gossip-interval 300ms --gossip-count 2 --ping-interval 300ms";
        assertThat(gossip.line(start + ports()).fails(2).err()).contains("names the seeds 127.0.0.1:1, but", "--fresh");
        var started = gossip.line(start + " --fresh" + ports()).ok();
        assertThat(started.out())
                .contains("3 seeds and 4 peers are ready", "quorum 2", "config.txt.old", "gossip members")
                .contains("outputfile.txt begins anew; the lines of before are in ")
                .containsPattern("s1  seed  127.0.0.1:" + seedPort)
                .containsPattern("4  peer  127.0.0.1:" + (peerPort + 3));
        assertThat(run.resolve("config.txt.old")).content().contains("# mine");
        assertThat(greps("config.txt", "^127\\.0\\.0\\.1:\\d+ [0-9a-f]{64}$")).hasSize(3);
        assertThat(greps("outputfile.txt", "of another launch")).isEmpty();
        Gossip.await(
                "all seeds to agree on four peers",
                () -> agreed().equals(Map.of("1", "member 1", "2", "member 1", "3", "member 1", "4", "member 1")));

        JsonObject status = gossip.line("status -o json").ok().json();
        assertThat(status.objects("nodes")).hasSize(7);
        assertThat(status.objects("nodes").getFirst().text("node")).isEqualTo("s1");
        assertThat(status.objects("nodes").getFirst().text("role")).isEqualTo("seed");
        assertThat(status.objects("nodes").getFirst().whole("members")).isEqualTo(4);
        assertThat(gossip.line("list-peers s2 -o json").ok().json().objects("peers"))
                .hasSize(4);
        assertThat(gossip.line("list-peers 2 -o json").ok().json().objects("peers"))
                .isNotEmpty();
        assertThat(gossip.line("send-message 2 apple --wait -o json")
                        .ok()
                        .json()
                        .integer("reached"))
                .isEqualTo(4);
        assertThat(gossip.line("get-messages 127.0.0.1:" + (peerPort + 2)).ok().out())
                .contains("apple");
        assertThat(gossip.line("send-message s1 apple").fails(7).err())
                .contains("A seed holds the Peer List and does not gossip");
        assertThat(gossip.line("remove-node s1").fails(2).err()).contains("A seed cannot be removed", "quorum");
        assertThat(gossip.line("explain-removal 4").ok().out()).contains("is a member", "was not removed");

        assertThat(gossip.line("remove-node 4").ok().out()).contains("explain-removal 4");
        Gossip.await("the removal of 4", () -> "removed 1".equals(agreed().get("4")));
        assertThat(gossip.line("explain-removal 4").ok().out())
                .containsPattern("Peer 4 .* was removed in its incarnation 1, certified by s\\d")
                .contains(
                        "suspects peer 4", "is dead, confirmed by", "votes yes to remove peer 4", "decided to remove");
        findsWhatTheDocumentGrepsFor();

        gossip.line("restart-node 4").ok();
        Gossip.await("the return of 4", () -> "member 2".equals(agreed().get("4")));
        assertThat(gossip.line("add-node").ok().out()).contains("Node 5 is running at 127.0.0.1:" + (peerPort + 4));
        assertThat(gossip.line("start-peers 1 " + (peerPort + 7)).ok().out()).contains("127.0.0.1:" + (peerPort + 7));
        Gossip.await("5 and 6", () -> "member 1".equals(agreed().get("5")) && "member 1".equals(agreed().get("6")));

        saysHowManySeedsAreMissing();
        gossip.line("stop-network").ok();
        assertThat(gossip.line("networks").ok().out()).containsPattern("default +stopped");
        gossip.line("resume-network").ok();
        Gossip.await(
                "all six again",
                () -> agreed().values().stream()
                                .filter(state -> state.startsWith("member"))
                                .count()
                        == 6);
        gossip.awaitMessage(3, "apple");
        gossip.line("stop-network").ok();
        assertThat(gossip.network().liveHosts()).isEmpty();
    }

    private void findsWhatTheDocumentGrepsFor() {
        for (String keyword : List.of(
                "PROPOSAL:",
                "CONSENSUS OUTCOME — APPROVED",
                "CONFIRMED REMOVAL:",
                "Voting YES",
                "Vote from",
                "Current Peer List:",
                "Received Peer List from seed",
                "Gossip received \\[from=.*, msg=.*, time=.*\\]",
                "Generated gossip",
                "DEAD NODE REPORT: Dead Node:127\\.0\\.0\\.1:" + (peerPort + 3),
                "Suspect",
                "Seed node initialized at 127.0.0.1:" + seedPort,
                "Total seeds: 3, Quorum: 2",
                "\\[SEED:" + seedPort + "\\] INFO - ",
                "\\[PEER:" + (peerPort + 1) + "\\]")) {
            assertThat(greps("outputfile.txt", keyword)).as(keyword).isNotEmpty();
        }
        assertThat(
                        greps(
                                "outputfile.txt",
                                "^(?!\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\] \\[(SEED|PEER):\\d+\\] (INFO|WARNING|ERROR) - )"))
                .isEmpty();
        assertThat(run.resolve("logs")).isDirectoryContaining("glob:**/output_????????_??????*.log");
    }

    private void saysHowManySeedsAreMissing() throws IOException {
        Gossip.kill(gossip.host("s3"));
        var silent = gossip.line("members").ok();
        assertThat(silent.out()).contains("Silent: s3.");
        Gossip.kill(gossip.host("s2"));
        var lost = gossip.line("members").fails(4);
        assertThat(lost.err()).contains("1 of 3 seeds answer, and it takes 2 to decide");
        // Messages spread all the same.
        gossip.line("send-message 1 without-quorum --wait").ok();
        gossip.line("restart-node s2").ok();
        gossip.line("restart-node s3").ok();
        gossip.line("members").ok();
    }

    @Test
    void keepsTheLogsOfTheClassicProfile() throws Exception {
        gossip.line("start-network --seeds 3 --peers 3 --profile classic --in-process" + ports())
                .ok();
        gossip.run("send-message", "2", "Hi checking the working 0", "--wait").ok();
        String origin = "127.0.0.1:" + (peerPort + 1);
        String received =
                "^\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\] Received from \\('127\\.0\\.0\\.1', \\d+\\): "
                        + origin
                        + " - \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d:127\\.0\\.0\\.1:'Hi checking the working 0'$";
        Gossip.await(
                "the lines of two peers", () -> greps("output.txt", received).size() == 2);
        assertThat(greps("peer_127.0.0.1_" + peerPort + ".log", received)).hasSize(1);
        assertThat(
                        greps(
                                "seed_127.0.0.1_" + seedPort + ".log",
                                "^\\[.{19}\\] New peer registered: 127\\.0\\.0\\.1:\\d+\\. Current peers: \\{\\('127\\.0\\.0\\.1', \\d+\\)"))
                .hasSize(3);
        gossip.line("restart-node s1").ok();
        gossip.line("add-node").ok();
        Gossip.await("the fourth", () -> "member 1".equals(agreed().get("4")));
        gossip.line("stop-network").ok();
    }

    @Test
    void aConfigThatAPersonHasEditedIsUsed() throws Exception {
        Path config = run.resolve("config.txt");
        String mine = "# mine\n127.0.0.1," + seedPort + "\n";
        Files.writeString(config, mine);
        String start = "start-seeds 1 --dir " + run + " --seed-base-port " + seedPort;
        assertThat(gossip.line(start).ok().out()).contains("config.txt, which stays as it is");
        assertThat(config).content().isEqualTo(mine);
        gossip.line("stop-network").ok();
        gossip.line(start + " --fresh").ok();
        gossip.line("stop-network").ok();
        String written = Files.readString(config);
        assertThat(greps("config.txt", "^127\\.0\\.0\\.1:\\d+ [0-9a-f]{64}$")).hasSize(1);
        // As it was written it may be written again, with new keys; with a note of a person it may not, and its keys
        // are kept.
        assertThat(gossip.line(start).ok().out())
                .doesNotContain("stays as it is")
                .contains("gossip-data/before");
        gossip.line("stop-network").ok();
        assertThat(config).content().isNotEqualTo(written);
        String pinned = Files.readString(config) + "# mine\n";
        Files.writeString(config, pinned);
        assertThat(gossip.line(start).ok().out()).contains("config.txt, which stays as it is");
        assertThat(config).content().isEqualTo(pinned);
        gossip.line("stop-network").ok();
        Files.writeString(config, written + "# mine\n");
        assertThat(gossip.line(start).fails(2).err()).contains("pins a key for 127.0.0.1:" + seedPort);
    }

    @Test
    void startsSeedsFirstAndPeersLater() throws Exception {
        gossip.line("start-seeds 1 --dir " + run + " --seed-base-port " + seedPort)
                .ok();
        assertThat(gossip.line("start-peers 2 " + peerPort + " --gossip-count 0")
                        .ok()
                        .out())
                .contains("2 peers are ready", "127.0.0.1:" + (peerPort + 1));
        assertThat(gossip.line("start-peers 1 --gossip-count 3").fails(2).err()).contains("cannot be chosen");
        gossip.line("start-peers 1").ok();
        Gossip.await("three peers", () -> agreed().size() == 3);
        assertThat(gossip.line("send-message 3 pear --wait -o json").ok().json().integer("reached"))
                .isEqualTo(3);
        gossip.line("stop-network").ok();
    }

    @Test
    void saysThatWhatPeersRememberedIsKeptAndWhatThatReplaces() {
        gossip.line("start-seeds 1 --dir " + run + " --seed-base-port " + seedPort)
                .ok();
        gossip.line("start-peers 1 " + peerPort).ok();
        gossip.line("stop-network").ok();
        Path data = run.resolve("gossip-data");
        String kept = "What was remembered in " + data + " is kept in " + data.resolve("before");
        String start = "start-peers 1 " + peerPort + " --dir " + run;
        assertThat(gossip.line(start).ok().out()).contains(kept + ".");
        gossip.line("stop-network").ok();
        assertThat(gossip.line(start + " --fresh").ok().out()).contains(kept + ", in place of");
        gossip.line("stop-network").ok();
    }
}
