package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.SeededNetwork;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Peers and seeds over real sockets, all in this process. */
class SeededHostTest extends HostFixture {

    private SeededNetwork network;

    private void startSeeded(int seeds, int peers, Profile profile) throws Exception {
        network = SeededNetwork.of(seeds, peers, directory.resolve("net"));
        start(network.inOneHost(profile).withData(directory.resolve("store")));
    }

    private static List<String> members(NodeId node, String state) {
        List<String> members = new ArrayList<>();
        try {
            for (JsonObject member :
                    JsonObject.parse(Http.get(node, "/members").body()).objects("members")) {
                if (member.text("state").equals(state)) {
                    members.add(member.text("peer"));
                }
            }
        } catch (WireException e) {
            throw new AssertionError(e);
        }
        return members;
    }

    private void awaitMembers(List<NodeId> expected) {
        List<String> names =
                new TreeSet<>(expected).stream().map(NodeId::toString).toList();
        for (NodeId seed : network.seeds()) {
            Await.until(
                    "seed " + seed + " lists " + names,
                    () -> members(seed, "member").equals(names));
        }
        for (NodeId peer : expected) {
            Await.until(
                    "peer " + peer + " knows " + names,
                    () -> members(peer, "member").equals(names));
        }
    }

    private static long incarnation(NodeId seed, NodeId peer) throws WireException {
        for (JsonObject member :
                JsonObject.parse(Http.get(seed, "/members").body()).objects("members")) {
            if (member.text("peer").equals(peer.toString())) {
                return member.whole("incarnation");
            }
        }
        return 0;
    }

    @Test
    void peersAreRegisteredAndGossip() throws Exception {
        startSeeded(3, 5, Profile.CONSENSUS);
        awaitMembers(network.peers());
        RumorId id = publish(2, "apple");
        Await.until(
                "all have it",
                () -> network.peers().stream()
                        .filter(peer -> !peer.equals(network.peers().get(1)))
                        .allMatch(peer -> texts(peer).contains("apple")));
        assertThat(id).isNotNull();
        JsonObject state =
                JsonObject.parse(Http.get(network.seeds().getFirst(), "/state").body());
        assertThat(state.text("role")).isEqualTo("seed");
        assertThat(state.text("node")).isEqualTo("s1");
        assertThat(state.integer("quorum")).isEqualTo(2);
        assertThat(Http.get(network.seeds().getFirst(), "/messages").statusCode())
                .isEqualTo(409);
        assertThat(Http.post(network.seeds().getFirst(), "/messages", "apple").statusCode())
                .isEqualTo(409);
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertThat(Http.send(method, network.seeds().getFirst(), "/keys/colour", BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void aCrashedPeerIsRemovedByAllAndComesBackOneIncarnationHigher() throws Exception {
        startSeeded(3, 5, Profile.CONSENSUS);
        NodeId dead = network.peers().get(4);
        List<NodeId> living = network.peers().subList(0, 4);
        host.node(5).kill();
        awaitMembers(living);
        for (NodeId seed : network.seeds()) {
            assertThat(members(seed, "removed")).containsExactly(dead.toString());
        }
        // Whichever seed was told first called the vote; another may have heard only of the outcome.
        assertThat(network.seeds().stream()
                        .map(seed -> Http.get(seed, "/ballots?peer=" + dead).body()))
                .anyMatch(lines -> lines.contains("\"reported\"") && lines.contains("\"decided\""))
                .allMatch(lines -> lines.contains("\"listChanged\""));
        host.node(5).start();
        awaitMembers(network.peers());
        assertThat(incarnation(network.seeds().getFirst(), dead)).isEqualTo(2);
    }

    @Test
    void aSeedThatWasKilledComesBackWithItsList() throws Exception {
        startSeeded(3, 3, Profile.CONSENSUS);
        awaitMembers(network.peers());
        host.node(NodeName.seed(1)).kill();
        host.node(NodeName.seed(2)).kill();
        host.node(NodeName.seed(3)).kill();
        host.node(NodeName.seed(2)).start();
        NodeId second = network.seeds().get(1);
        assertThat(members(second, "member")).as("at once, from its own disk").hasSize(3);
        host.node(NodeName.seed(1)).start();
        host.node(NodeName.seed(3)).start();
        awaitMembers(network.peers());
    }

    @Test
    void withoutAQuorumOfSeedsMessagesSpreadAndMembershipWaits() throws Exception {
        startSeeded(3, 4, Profile.CONSENSUS);
        awaitMembers(network.peers());
        host.node(NodeName.seed(1)).kill();
        host.node(NodeName.seed(2)).kill();
        publish(1, "still");
        Await.until("the message spreads", () -> texts(network.peers().get(3)).contains("still"));
        host.node(4).kill();
        NodeId third = network.seeds().get(2);
        Await.until("the seed says that it cannot decide", () -> log().contains("SEEDS_WITHOUT_QUORUM"));
        assertThat(members(third, "member")).hasSize(4);
        host.node(NodeName.seed(1)).start();
        Await.until(
                "one seed more is a quorum: the dead peer goes",
                () -> members(third, "member")
                        .equals(network.peers().subList(0, 3).stream()
                                .map(NodeId::toString)
                                .toList()));
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("net/outputfile.txt"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theLogsReadAsTheDocumentOfTheConsensusNetworkSays() throws Exception {
        startSeeded(3, 3, Profile.CONSENSUS);
        awaitMembers(network.peers());
        int seed = network.seeds().getFirst().port();
        int peer = network.peers().getFirst().port();
        Await.until("registration is logged", () -> log().contains("CONSENSUS OUTCOME — APPROVED"));
        Await.until("neighbours are logged", () -> log().contains("] [PEER:" + peer + "] INFO - Selected "));
        assertThat(log())
                .contains("] [SEED:" + seed + "] INFO - Seed node initialized at 127.0.0.1:" + seed)
                .contains("] [SEED:" + seed + "] INFO - Total seeds: 3, Quorum: 2")
                .contains("] [SEED:" + seed + "] INFO - Seed node listening on 127.0.0.1:" + seed)
                .contains("PROPOSAL: Register peer ")
                .contains("Vote from ")
                .contains("] [PEER:" + peer + "] INFO - Registering with 3/3 seeds (quorum = 2)")
                .contains("] [PEER:" + peer + "] INFO - Received Peer List from seed ");
        try (var files = Files.list(directory.resolve("net/logs"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .allMatch(name -> name.matches("output_\\d{8}_\\d{6}(_\\d+)?\\.log"))
                    .hasSize(1);
        }
    }

    @Test
    void theLogsReadAsTheDocumentOfTheClassicNetworkSays() throws Exception {
        startSeeded(3, 2, Profile.CLASSIC);
        awaitMembers(network.peers());
        publish(1, "Hi");
        NodeId seed = network.seeds().getFirst();
        NodeId first = network.peers().getFirst();
        NodeId second = network.peers().getLast();
        Path net = directory.resolve("net");
        Path log = net.resolve("peer_127.0.0.1_" + second.port() + ".log");
        String time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";
        Await.until("what it received is logged", () -> contains(log, "'Hi'"));
        for (Path file : List.of(log, net.resolve("output.txt"))) {
            assertThat(Files.readString(file))
                    .containsPattern("\\[" + time + "] Received from \\('127.0.0.1', " + first.port()
                            + "\\): 127.0.0.1:" + first.port() + " - " + time + ":127.0.0.1:'Hi'");
        }
        assertThat(Files.readString(net.resolve("seed_127.0.0.1_" + seed.port() + ".log")))
                .containsPattern("\\[" + time + "] New peer registered: " + first
                        + "\\. Current peers: \\{.*\\('127.0.0.1', " + first.port() + "\\).*}");
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKeyThatIsNotConfiguredIsBelievedAtFirstContactAndThatIsSaid() throws Exception {
        SeededNetwork pinned = SeededNetwork.of(3, 2, directory.resolve("net"));
        Map<NodeId, @Nullable PublicKey> unknown = new LinkedHashMap<>();
        pinned.seeds().forEach(seed -> unknown.put(seed, null));
        SeedConfig config = new SeedConfig(unknown, pinned.config().seedPorts());
        network = new SeededNetwork(pinned.seeds(), pinned.peers(), config, pinned.files());
        start(network.inOneHost(Profile.CONSENSUS).withData(directory.resolve("store")));
        awaitMembers(network.peers());
        for (NodeId seed : network.seeds()) {
            String line = "] INFO - First contact with seed " + seed
                    + ": config.txt gives no key for it, so the one it has shown holds from now on: "
                    + pinned.config().seeds().get(seed);
            Await.until("the key is shown", () -> ownLog().contains(line));
        }
        Await.until(
                "all have met",
                () -> log().contains("] [PEER:" + network.peers().getLast().port() + "] INFO - Selected "));
        assertThat(ownLog().lines().filter(line -> line.contains("First contact")))
                .as("calmly, once for each seed, though five nodes have met them")
                .hasSize(3);
        assertThat(log()).doesNotContain("First contact").doesNotContain("WARNING");
    }

    /** The file that the process has for itself. */
    private String ownLog() {
        try (var files = Files.list(directory.resolve("net/logs"))) {
            return Files.readString(files.findFirst().orElseThrow());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Every line that a start and a restart write is so: the reachable seeds, before the registration; nothing about who is missing. */
    @Test
    void theLogOfAStartSaysWhatIsSo() throws Exception {
        startSeeded(3, 2, Profile.CONSENSUS);
        awaitMembers(network.peers());
        int peer = network.peers().getFirst().port();
        host.node(NodeName.seed(3)).kill();
        host.node(1).kill();
        host.node(1).start();
        String again = "] [PEER:" + peer + "] INFO - Registering with 2/3 seeds (quorum = 2)";
        String still =
                "] [PEER:" + peer + "] INFO - Still registered with incarnation 1, by the certificate kept from before";
        Await.until("it reaches two seeds", () -> log().contains(again) || log().contains("incarnation 2"));
        List<String> said = log().lines()
                .filter(line -> line.contains("[PEER:" + peer + "]"))
                .filter(line -> line.contains("Registering with") || line.contains("egistered"))
                .toList();
        assertThat(said.get(0)).contains("Registering with 3/3 seeds (quorum = 2)");
        assertThat(said.get(1)).contains("REGISTER_ACK from seed ");
        assertThat(said.get(2)).contains(still);
        assertThat(log()).doesNotContain("no seed has answered");
    }

    @Test
    void aKeyThatIsNotTheConfiguredOneIsRefusedInASentence() throws Exception {
        network = SeededNetwork.of(3, 1, directory.resolve("net"));
        Files.delete(network.files().key(network.seeds().getFirst(), true));
        assertThatThrownBy(() -> start(network.inOneHost(Profile.CONSENSUS)))
                .isInstanceOf(HostException.class)
                .hasMessage("the configuration gives " + network.seeds().getFirst()
                        + " another public key than the one it has");
    }
}
