package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.network.HostFile;
import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks of real peers and seeds whose processes are killed and paused. */
@Tag("slow")
class SeededFaultsTest extends SeededRun {

    private static final String FAST = " --gossip-count 0 --ping-interval 300ms";

    private void start(int seeds, int peers) {
        gossip.line("start-network --seeds " + seeds + " --peers " + peers + FAST + ports())
                .ok();
    }

    private void kill(String name) throws IOException {
        Gossip.kill(gossip.host(name));
    }

    @Test
    void seedsThatAreKilledInTheMiddleOfAVoteAndPeersThatDieMeanwhile() throws Exception {
        start(3, 2);
        awaitAgreed("1=member 1", "2=member 1");
        // In the middle of a vote: the third peer has been proposed, and perhaps s2 has voted.
        var joining = CompletableFuture.supplyAsync(() -> gossip.line("start-peers 2"));
        Gossip.await(
                "a vote",
                () -> !greps("outputfile.txt", "PROPOSAL: Register peer " + peer(3))
                        .isEmpty());
        kill("s2");
        joining.join().ok();
        // Two of three seeds decide: who joins, and who has died.
        awaitAgreed("1=member 1", "2=member 1", "3=member 1", "4=member 1");
        kill("2");
        awaitAgreed("1=member 1", "2=removed 1", "3=member 1", "4=member 1");
        gossip.line("restart-node s2").ok();
        Gossip.await("s2 to catch up", () -> gossip.line("members").out().contains(" seeds, quorum 2. All agree."));
        awaitAgreed("1=member 1", "2=removed 1", "3=member 1", "4=member 1");

        withoutQuorum();
        afterEverythingHasDied();
    }

    /** The seed that is left says so, messages spread, and whoever wants to join is told why not, and asks again. */
    private void withoutQuorum() throws Exception {
        kill("s1");
        kill("s2");
        kill("s3");
        gossip.line("restart-node s2").ok();
        var alone = gossip.line("members -o json").fails(4);
        assertThat(alone.err()).contains("1 of 3 seeds answer, and it takes 2 to decide");
        assertThat(states(alone.json()))
                .as("from its own disk, as there is nobody to ask")
                .containsEntry("2", "removed 1")
                .containsEntry("4", "member 1")
                .hasSize(4);
        gossip.line("send-message 1 without-quorum --wait").ok();
        String address = peer(9);
        gossip.spawn(
                run, "late", "peer 127.0.0.1 " + address.substring(address.indexOf(':') + 1) + " config.txt" + FAST);
        Gossip.await(
                "the reason",
                () -> !greps(
                                "late.out",
                                "Not registered yet: .* only 1 of 3 seeds have answered, and 2 must agree; trying again")
                        .isEmpty());
        gossip.line("restart-node s3").ok();
        gossip.line("restart-node s1").ok();
        Gossip.await(
                "its registration",
                () -> !greps("late.out", "REGISTER_ACK from seed").isEmpty());
        awaitAgreed("1=member 1", "2=removed 1", "3=member 1", "4=member 1", address + "=member 1");
    }

    private void afterEverythingHasDied() throws Exception {
        for (HostFile host : gossip.network().readHosts()) {
            host.handle().ifPresent(Gossip::kill);
        }
        assertThat(gossip.line("status").fails(3).out()).contains("died");
        gossip.line("resume-network").ok();
        // The second peer was killed, not taken out of the network: it is started like the others, one life later. Who
        // takes long to come back may have been removed once more, and have registered anew.
        Set<String> peers = Set.of("1", "2", "3", "4", peer(9));
        Gossip.await("all peers to be members again, the second one anew", () -> {
            Map<String, String> states = agreed();
            return states.keySet().equals(peers)
                    && states.values().stream().allMatch(state -> state.startsWith("member "))
                    && !"member 1".equals(states.get("2"));
        });
        gossip.awaitMessage(3, "without-quorum");
        gossip.awaitMessage(2, "without-quorum");
    }

    @Test
    void whoIsPausedIsClearedIfItComesBackInTimeAndRegistersAnewIfNot() throws Exception {
        start(3, 4);
        awaitAgreed("1=member 1", "2=member 1", "3=member 1", "4=member 1");
        long third = gossip.host("3").pid();
        Gossip.event("STOP", third);
        Gossip.await(
                "suspicion of peer 3",
                () -> !greps("outputfile.txt", "Suspect: neighbor " + peer(3)).isEmpty());
        Gossip.event("CONT", third);
        Gossip.await(
                "the end of the suspicion",
                () -> !greps("outputfile.txt", "Neighbor " + peer(3) + " answers again")
                        .isEmpty());
        gossip.line("send-message 3 not-dead --wait").ok();
        awaitAgreed("1=member 1", "2=member 1", "3=member 1", "4=member 1");
        assertThat(greps("outputfile.txt", "CONFIRMED REMOVAL")).isEmpty();

        long fourth = gossip.host("4").pid();
        Gossip.event("STOP", fourth);
        awaitAgreed("1=member 1", "2=member 1", "3=member 1", "4=removed 1");
        gossip.line("send-message 1 missed --wait").ok();
        Gossip.event("CONT", fourth);
        awaitAgreed("1=member 1", "2=member 1", "3=member 1", "4=member 2");
        gossip.awaitMessage(4, "missed");
        JsonObject explained = gossip.line("explain-removal 4 -o json").ok().json();
        assertThat(explained.text("state")).isEqualTo("member");
        assertThat(explained.objects("steps")).isNotEmpty();
        assertThat(Files.readString(run.resolve("outputfile.txt"))).doesNotContain("Exception");
    }
}
