package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.Ports;
import dev.hearsay.live.node.PublishException;
import dev.hearsay.live.store.StoreFaults;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks over real sockets, all in this process. */
class HostTest {

    @TempDir
    Path directory;

    private Host host;
    private final Map<Integer, Set<RumorId>> delivered = new ConcurrentHashMap<>();

    private void start(HostOptions options) throws HostException {
        host = Host.start(options);
        host.nodes().forEach(this::listen);
    }

    private void listen(HostedNode node) {
        Set<RumorId> has = delivered.computeIfAbsent(node.number(), n -> ConcurrentHashMap.newKeySet());
        node.onDelivered(delivery -> has.add(delivery.id()));
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    private RumorId publish(int node, String text) throws HostException {
        RumorId id = host.node(node)
                .publish(text.getBytes(UTF_8))
                .toCompletableFuture()
                .join();
        delivered.get(node).add(id);
        return id;
    }

    private void awaitEverywhere(Collection<RumorId> ids) {
        List<HostedNode> running =
                host.nodes().stream().filter(HostedNode::isRunning).toList();
        Await.until(
                () -> "all of " + ids.size() + " at every node; missing at "
                        + running.stream()
                                .filter(node -> !delivered.get(node.number()).containsAll(ids))
                                .map(HostedNode::number)
                                .toList(),
                () -> running.stream()
                        .allMatch(node -> delivered.get(node.number()).containsAll(ids)));
    }

    // --- The main job ------------------------------------------------------------------------------------------------

    @Test
    void aMessageGivenToOneNodeReachesAll() throws Exception {
        start(HostOptions.inMemory(Network.of(16, "random:3")));
        Queue<Signal> told = new ConcurrentLinkedQueue<>();
        host.node(5).onSignal((atMicros, signal) -> told.add(signal));
        List<RumorId> ids = new ArrayList<>();
        for (int node = 1; node <= 16; node++) {
            ids.add(publish(node, "from " + node));
        }
        awaitEverywhere(ids);
        Await.until(
                "its convergence is announced at its origin",
                () -> told.stream()
                        .anyMatch(signal ->
                                signal instanceof Signal.Converged(RumorId id, int reached, long micros, int d)
                                        && id.equals(ids.get(4))
                                        && reached == 16
                                        && micros > 0));
    }

    @Test
    void everyTopologyIsReadyAndDelivers() throws Exception {
        for (String topology : List.of("circular", "full", "grid", "small-world:4:0.2", "scale-free:2", "powerlaw")) {
            delivered.clear();
            start(HostOptions.inMemory(Network.of(9, topology)).withRandomSeed(3));
            awaitEverywhere(List.of(publish(4, topology)));
            host.close();
        }
    }

    @Test
    void oneNodeAloneIsANetworkToo() throws Exception {
        start(HostOptions.inMemory(Network.of(1, "full")));
        assertThat(publish(1, "alone")).isNotNull();
    }

    // --- Nodes that come and go --------------------------------------------------------------------------------------

    @Test
    void aNodeThatWasKilledHasEverythingAfterItsRestart() throws Exception {
        start(HostOptions.inMemory(Network.of(16, "random:3")).withData(directory));
        List<RumorId> ids = new ArrayList<>();
        ids.add(publish(1, "before"));
        awaitEverywhere(ids);
        host.node(7).kill();
        assertThat(host.node(7).isRunning()).isFalse();
        ids.add(publish(2, "meanwhile"));
        awaitEverywhere(ids);
        host.node(7).start();
        ids.add(publish(3, "after"));
        awaitEverywhere(ids);
        assertThat(texts(host.node(7).address())).containsExactlyInAnyOrder("before", "meanwhile", "after");
    }

    @Test
    void aNodeInMemoryGetsEverythingAgain() throws Exception {
        start(HostOptions.inMemory(Network.of(5, "circular")));
        List<RumorId> ids = new ArrayList<>(List.of(publish(1, "one"), publish(3, "two")));
        awaitEverywhere(ids);
        host.node(3).stop();
        delivered.get(3).clear();
        host.node(3).start();
        awaitEverywhere(ids);
        ids.add(publish(3, "three"));
        awaitEverywhere(ids);
        assertThat(texts(host.node(3).address())).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void aWholeNetworkComesBackFromItsStore() throws Exception {
        List<HostOptions.Member> members = Network.of(4, "full");
        start(HostOptions.inMemory(members).withData(directory));
        List<RumorId> ids = new ArrayList<>(List.of(publish(1, "one"), publish(2, "two")));
        awaitEverywhere(ids);
        host.close();
        start(HostOptions.inMemory(members).withData(directory));
        assertThat(host.notices()).isEmpty();
        for (HostedNode node : host.nodes()) {
            assertThat(texts(node.address())).containsExactlyInAnyOrder("one", "two");
        }
        ids.add(publish(1, "three"));
        awaitEverywhere(ids.subList(2, 3));
    }

    @Test
    void aNewNodeIsTakenInAndCaughtUp() throws Exception {
        List<HostOptions.Member> members = Network.of(4, "circular");
        start(HostOptions.inMemory(members));
        List<RumorId> ids = new ArrayList<>(List.of(publish(1, "old")));
        awaitEverywhere(ids);
        NodeId address = Ports.free();
        HostedNode fifth = host.add(new HostOptions.Member(
                5, address, List.of(members.get(0).address(), members.get(2).address())));
        listen(fifth);
        assertThat(fifth.isRunning()).isTrue();
        Await.until("it has the old message", () -> texts(address).contains("old"));
        RumorId fresh = publish(5, "new");
        delivered.get(5).addAll(ids);
        awaitEverywhere(List.of(fresh));
        assertThatThrownBy(() -> host.add(new HostOptions.Member(5, Ports.free(), List.of())))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("is on this host already");
    }

    private static List<String> texts(NodeId node) {
        try {
            List<String> texts = new ArrayList<>();
            for (JsonObject message :
                    JsonObject.parse(Http.get(node, "/messages").body()).objects("messages")) {
                texts.add(message.text("text"));
            }
            return texts;
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void stoppedNodesSaySo() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")));
        HostedNode node = host.node(2);
        node.stop();
        assertThat(node.isRunning()).isFalse();
        assertThatThrownBy(node::stop).hasMessage("node 2 does not run");
        assertThatThrownBy(() -> node.publish(new byte[0]).toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PublishException.class)
                .hasMessageContaining("node 2 does not run");
        node.close();
        node.start();
        assertThatThrownBy(node::start).hasMessage("node 2 is running already");
        assertThatThrownBy(() -> host.node(9)).hasMessage("node 9 is not on this host");
    }

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
                0,
                linked,
                members,
                options.spec(),
                "",
                directory,
                options.randomSeed(),
                0,
                true,
                options.awaitNeighbours());
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

    // --- Orders ------------------------------------------------------------------------------------------------------

    @Test
    void takesOrdersFromWhoHasTheToken() throws Exception {
        start(HostOptions.inMemory(Network.of(3, "full")).withControl(true));
        NodeId control = new NodeId("127.0.0.1", host.controlPort());
        String[] token = {"authorization", "Bearer " + host.controlToken()};
        assertThat(Http.get(control, "/status").statusCode()).isEqualTo(401);
        assertThat(Http.get(control, "/status", "authorization", "Bearer x").statusCode())
                .isEqualTo(401);
        publish(1, "counted");
        JsonObject status = JsonObject.parse(Http.get(control, "/status", token).body());
        assertThat(status.whole("host")).isZero();
        assertThat(status.objects("nodes")).hasSize(3);
        JsonObject first = status.objects("nodes").getFirst();
        assertThat(first.whole("node")).isEqualTo(1);
        assertThat(first.text("address")).isEqualTo(host.node(1).address().toString());
        assertThat(first.text("state")).isEqualTo("running");
        assertThat(first.whole("messages")).isEqualTo(1);
        assertThat(first.has("since")).isTrue();

        assertThat(Http.post(control, "/nodes/2/stop", "", token).statusCode()).isEqualTo(204);
        assertThat(host.node(2).isRunning()).isFalse();
        assertThat(Http.post(control, "/nodes/2/stop", "", token).statusCode()).isEqualTo(409);
        assertThat(Http.get(control, "/status", token).body()).contains("\"state\":\"stopped\"");
        assertThat(Http.post(control, "/nodes/2/start", "", token).statusCode()).isEqualTo(204);
        assertThat(host.node(2).isRunning()).isTrue();

        NodeId fourth = Ports.free();
        String order = "{\"node\":4,\"address\":\"" + fourth + "\",\"neighbours\":[\""
                + host.node(1).address() + "\"]}";
        assertThat(Http.post(control, "/nodes", order, token).statusCode()).isEqualTo(204);
        assertThat(host.node(4).address()).isEqualTo(fourth);
        assertThat(Http.post(control, "/nodes", "{}", token).statusCode()).isEqualTo(400);
        assertThat(Http.post(control, "/nodes/3/admit", "{\"member\":\"127.0.0.1:1\"}", token)
                        .statusCode())
                .isEqualTo(204);
        assertThat(Http.get(host.node(3).address(), "/log").statusCode()).isEqualTo(200);
        assertThat(Http.post(control, "/nodes/9/stop", "", token).statusCode()).isEqualTo(404);
        assertThat(Http.post(control, "/nonsense", "", token).statusCode()).isEqualTo(404);

        assertThat(Http.post(control, "/stop", "", token).statusCode()).isEqualTo(204);
        host.awaitStopped();
        assertThatThrownBy(() -> new Socket(fourth.host(), fourth.port()).close())
                .hasMessageContaining("refused");
    }
}
