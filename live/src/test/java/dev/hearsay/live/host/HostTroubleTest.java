package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.Ports;
import dev.hearsay.live.node.PublishException;
import dev.hearsay.live.recording.Beginning;
import dev.hearsay.live.recording.NodeJournal;
import dev.hearsay.live.store.StoreFaults;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a network makes of everything that goes wrong around it. */
class HostTroubleTest extends HostFixture {

    // --- Trouble -----------------------------------------------------------------------------------------------------

    @Test
    void saysWhichPortIsTakenAndLeavesNothingRunning() throws Exception {
        List<HostOptions.Member> members = Network.of(3, "full");
        NodeId taken = members.get(1).address();
        try (ServerSocket rival = new ServerSocket(taken.port())) {
            assertThatThrownBy(() -> start(HostOptions.inMemory(members).withData(directory)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.code()).isEqualTo(HostException.Code.PORT_TAKEN))
                    .hasMessage("port " + rival.getLocalPort() + " is already in use");
        }
        start(HostOptions.inMemory(members).withData(directory));
        awaitEverywhere(List.of(publish(1, "all the same")));
    }

    @Test
    void aRecordingThatFailsIsSaidAndNeverLooksWhole() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")).withControl(true));
        NodeId control = new NodeId("127.0.0.1", host.controlPort());
        String[] token = {"authorization", "Bearer " + host.controlToken()};
        assertThat(Http.get(control, "/recording", token).body()).contains("\"end\":");

        NodeId node = host.node(1).address();
        // Nothing is known of how this one was set, so there is no line for it.
        NodeJournal broken = host.recorder()
                .begin(new Beginning(node, 2, "1", null, List.of(), List.of(), null, 1, null, List.of()));
        broken.outside(1, new Lifecycle.Refused("-"));
        String sentence = "A recording was not written, by a fault of this program: ";
        HttpResponse<String> answer = Http.get(control, "/recording", token);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(JsonObject.parse(answer.body().getBytes(UTF_8)).text("detail"))
                .startsWith(sentence);
        assertThat(host.notices()).hasSize(1).allMatch(notice -> notice.startsWith(sentence));

        for (int i = 0; i < 4; i++) {
            publish(1, "x".repeat(30_000));
        }
        assertThatThrownBy(() -> Http.get(control, "/recording", token)).isInstanceOf(AssertionError.class);
        assertThat(host.notices()).hasSize(2);
    }

    @Test
    void aNodeWhosePortWasTakenMeanwhileStartsOnceItIsFree() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")));
        HostedNode node = host.node(2);
        node.stop();
        try (ServerSocket rival = new ServerSocket()) {
            // The system gives a closed port back at its next look at it.
            Await.until("the port is given back", () -> binds(rival, node.address()));
            assertThatThrownBy(node::start).hasMessage("port " + rival.getLocalPort() + " is already in use");
            assertThat(node.isRunning()).isFalse();
        }
        node.start();
        awaitEverywhere(List.of(publish(2, "back")));
    }

    private static boolean binds(ServerSocket socket, NodeId address) {
        try {
            socket.bind(new InetSocketAddress(address.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void garbageAndHalfOpenClientsHoldUpNobody() throws Exception {
        start(HostOptions.inMemory(Network.of(4, "full")));
        NodeId target = host.node(2).address();
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                Socket stranger = new Socket(target.host(), target.port());
                strangers.add(stranger);
                stranger.getOutputStream()
                        .write((i % 2 == 0
                                        ? "PUT /gossip HTTP/1.1\r\nContent-Length: 99\r\n\r\nx"
                                        : "\0\1\2 noise\r\n\r\n")
                                .getBytes(UTF_8));
            }
            awaitEverywhere(List.of(publish(1, "through the noise"), publish(2, "from its midst")));
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void aDamagedStoreIsSetAsideAndReported() throws Exception {
        List<HostOptions.Member> members = Network.of(3, "full");
        Files.write(directory.resolve("store.db"), "no database".repeat(1000).getBytes(UTF_8));
        start(HostOptions.inMemory(members).withData(directory));
        assertThat(host.notices())
                .singleElement()
                .asString()
                .contains("damaged")
                .contains("set aside as");
        awaitEverywhere(List.of(publish(1, "it goes on")));
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("store.db.damaged-"));
        }
    }

    @Test
    void aStoreThatIsInUseIsNotTouched() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")).withData(directory));
        assertThatThrownBy(() ->
                        Host.start(HostOptions.inMemory(Network.of(2, "full")).withData(directory)))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(HostException.Code.STORE))
                .hasMessageContaining("is in use by another process");
    }

    @Test
    void whenTheStoreIsFullPublishingFailsRelayingGoesOnAndNothingAcknowledgedIsLost() throws Exception {
        List<HostOptions.Member> durable = Network.of(2, "full");
        NodeId third = Ports.free();
        List<HostOptions.Member> linked = durable.stream()
                .map(member ->
                        new HostOptions.Member(member.node(), member.address(), with(member.neighbours(), third)))
                .toList();
        List<NodeId> members =
                with(durable.stream().map(HostOptions.Member::address).toList(), third);
        HostOptions options = HostOptions.inMemory(linked).withData(directory);
        options = new HostOptions(
                "all",
                linked,
                members,
                options.spec(),
                "",
                directory,
                options.randomSeed(),
                0,
                true,
                options.awaitNeighbours(),
                null,
                HostOptions.Serving.USUAL);
        HostOptions others = HostOptions.inMemory(List.of(new HostOptions.Member(
                3, third, durable.stream().map(HostOptions.Member::address).toList())));
        try (Host other = Host.start(others)) {
            start(options);
            RumorId kept = publish(1, "kept");
            StoreFaults.fill(host.store());
            int status = 0;
            List<RumorId> acknowledged = new ArrayList<>(List.of(kept));
            for (int i = 0; i < 2000 && status != 507; i++) {
                var response = Http.post(host.node(1).address(), "/messages", "filling " + i + "x".repeat(500));
                status = response.statusCode();
                if (status == 201) {
                    acknowledged.add(
                            RumorId.parse(JsonObject.parse(response.body()).text("id")));
                } else {
                    assertThat(response.body()).contains("has no room left").contains("hint");
                }
            }
            assertThat(status).isEqualTo(507);
            RumorId relayed = other.node(3)
                    .publish("relayed".getBytes(UTF_8))
                    .toCompletableFuture()
                    .join();
            Await.until(
                    "nodes without room still relay",
                    () -> delivered.get(1).contains(relayed) && delivered.get(2).contains(relayed));
            StoreFaults.makeRoom(host.store());
            acknowledged.add(publish(1, "room again"));
            delivered.get(1).addAll(acknowledged);
            awaitEverywhere(acknowledged);
            host.close();
            start(options);
            assertThat(ids(host.node(1).address())).containsAll(acknowledged);
            assertThat(texts(host.node(1).address()))
                    .filteredOn(text -> !text.startsWith("filling"))
                    .contains("kept", "room again");
        }
    }

    @Test
    void aNodeWhoseStoreHasEndedSaysThatItCannotWork() throws Exception {
        start(HostOptions.inMemory(Network.of(1, "full")).withData(directory));
        NodeId node = host.node(1).address();
        assertThat(Http.get(node, "/healthz").statusCode()).isEqualTo(200);
        host.store().close();
        var health = Http.get(node, "/healthz");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("it can promise nothing").contains("Start it again");
        assertThat(Http.post(node, "/messages", "lost").statusCode()).isEqualTo(503);
    }

    private static List<NodeId> with(List<NodeId> nodes, NodeId one) {
        List<NodeId> more = new ArrayList<>(nodes);
        more.add(one);
        return more;
    }

    private static List<RumorId> ids(NodeId node) throws WireException {
        List<RumorId> ids = new ArrayList<>();
        for (JsonObject message :
                JsonObject.parse(Http.get(node, "/messages").body()).objects("messages")) {
            ids.add(RumorId.parse(message.text("id")));
        }
        return ids;
    }

    @Test
    void refusesAMessageThatIsTooLarge() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")));
        assertThatThrownBy(() -> host.node(1)
                        .publish(new byte[2 << 20])
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(PublishException.class)
                .hasMessageContaining("the limit is 1048576");
    }

    @Test
    void aMessageThatTheDiskHasNotKeptWellIsFetchedAgain() throws Exception {
        List<HostOptions.Member> members = Network.of(3, "full");
        start(HostOptions.inMemory(members).withData(directory));
        List<RumorId> ids = new ArrayList<>(List.of(publish(1, "to be damaged"), publish(2, "to be kept")));
        awaitEverywhere(ids);
        host.close();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE rumor SET payload = x'00' WHERE node ="
                            + " (SELECT key FROM node WHERE address = '"
                            + members.get(2).address()
                            + "') AND payload = CAST('to be damaged' AS BLOB)"))
                    .isEqualTo(1);
        }
        start(HostOptions.inMemory(members).withData(directory));
        assertThat(host.notices())
                .containsExactly(
                        "1 messages in the store of node 3 are damaged; they will be fetched from other nodes");
        NodeId third = members.get(2).address();
        Await.until("it is whole again", () -> texts(third).contains("to be damaged"));
        assertThat(texts(third)).containsExactlyInAnyOrder("to be damaged", "to be kept");
    }

    @Test
    void damageThatShowsOnlyWhenAllIsReadIsSetAsideToo() throws Exception {
        List<HostOptions.Member> members = Network.of(2, "full");
        start(HostOptions.inMemory(members).withData(directory));
        awaitEverywhere(List.of(publish(1, "lost")));
        host.close();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE origin SET address = 'nonsense'");
        }
        start(HostOptions.inMemory(members).withData(directory));
        assertThat(host.notices()).singleElement().asString().contains("set aside as");
        assertThat(texts(members.getFirst().address())).isEmpty();
        awaitEverywhere(List.of(publish(1, "it goes on")));
    }

    @Test
    void hostsOfOneNetworkWaitForEachOther() throws Exception {
        List<HostOptions.Member> members = Network.of(2, "full");
        List<NodeId> addresses =
                members.stream().map(HostOptions.Member::address).toList();
        List<HostOptions> options = members.stream()
                .map(member -> new HostOptions(
                        member.node().toString(),
                        List.of(member),
                        addresses,
                        HostOptions.inMemory(members).spec(),
                        "full",
                        null,
                        java.util.OptionalLong.empty(),
                        1,
                        false,
                        java.time.Duration.ofSeconds(60),
                        null,
                        HostOptions.Serving.USUAL))
                .toList();
        var first = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return Host.start(options.getFirst());
            } catch (HostException e) {
                throw new CompletionException(e);
            }
        });
        Await.until("the first one listens", () -> isStarting(addresses.getFirst()));
        assertThat(first).isNotDone();
        start(options.getLast());
        try (Host other = first.join()) {
            RumorId id = other.node(1)
                    .publish("hello".getBytes(UTF_8))
                    .toCompletableFuture()
                    .join();
            awaitEverywhere(List.of(id));
            assertThat(Http.get(addresses.getFirst(), "/log").body())
                    .as("one host alone cannot know whether all have it")
                    .contains(id.brief())
                    .doesNotContain("converged");
        }
    }

    private static boolean isStarting(NodeId node) {
        try (Socket probe = new Socket(node.host(), node.port())) {
            return probe.isConnected() && Http.get(node, "/readyz").statusCode() == 503;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
