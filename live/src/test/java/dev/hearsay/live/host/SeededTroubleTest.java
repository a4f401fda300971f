package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.SeededNetwork;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.store.StoreFaults;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Peers and seeds on a disk that is full. */
class SeededTroubleTest extends HostFixture {

    private static int members(NodeId seed) {
        try {
            int members = 0;
            for (JsonObject each :
                    JsonObject.parse(Http.get(seed, "/members").body()).objects("members")) {
                members += each.text("state").equals("member") ? 1 : 0;
            }
            return members;
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void logsThatCannotBeWrittenCostLinesAndNothingElse() throws Exception {
        Path net = Files.createDirectories(directory.resolve("net"));
        Path link = Files.createSymbolicLink(net.resolve("outputfile.txt"), Path.of("/dev/full"));
        SeededNetwork network = SeededNetwork.of(3, 3, net);
        start(network.inOneHost(Profile.CONSENSUS));
        network.seeds().forEach(seed -> Await.until("seed " + seed + " lists all", () -> members(seed) == 3));
        publish(1, "unlogged");
        Await.until("the message", () -> texts(network.peers().get(1)).contains("unlogged"));
        Files.delete(link);
    }

    @Test
    void seedsWithoutRoomForTheirVotesDoNotVoteAndGoOnWhenThereIsRoom() throws Exception {
        SeededNetwork network = SeededNetwork.of(3, 3, directory.resolve("net"));
        start(network.inOneHost(Profile.CONSENSUS).withData(directory.resolve("store")));
        network.seeds().forEach(seed -> Await.until("seed " + seed + " lists all", () -> members(seed) == 3));
        StoreFaults.fill(host.store());
        host.node(3).kill();
        Await.until(
                "a seed is told that peer 3 is dead",
                () -> network.seeds().stream()
                        .anyMatch(seed -> Http.get(
                                        seed, "/ballots?peer=" + network.peers().get(2))
                                .body()
                                .contains("\"reported\"")));
        assertThat(host.node(NodeName.seed(1)).isRunning()).isTrue();
        StoreFaults.makeRoom(host.store());
        network.seeds().forEach(seed -> Await.until("seed " + seed + " lists two", () -> members(seed) == 2));
        publish(1, "room again");
        Await.until("the message", () -> texts(network.peers().get(1)).contains("room again"));
    }
}
