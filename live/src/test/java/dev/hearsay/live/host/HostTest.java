package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.Ports;
import dev.hearsay.live.node.PublishException;
import dev.hearsay.wire.JsonObject;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Networks over real sockets, all in this process. */
class HostTest extends HostFixture {

    // --- The main job ------------------------------------------------------------------------------------------------

    @Test
    void aMessageGivenToOneNodeReachesAll() throws Exception {
        start(HostOptions.inMemory(Network.of(16, "random:3")));
        Queue<Event> told = new ConcurrentLinkedQueue<>();
        host.node(5).onEvent((atMicros, event) -> told.add(event));
        List<RumorId> ids = new ArrayList<>();
        for (int node = 1; node <= 16; node++) {
            ids.add(publish(node, "from " + node));
        }
        awaitEverywhere(ids);
        Await.until(
                "its convergence is announced at its origin",
                () -> told.stream()
                        .anyMatch(event ->
                                event instanceof RumorProtocol.Converged(RumorId id, int reached, long micros, int d)
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
        assertThat(status.text("host")).isEqualTo("all");
        assertThat(status.objects("nodes")).hasSize(3);
        JsonObject first = status.objects("nodes").getFirst();
        assertThat(first.text("node")).isEqualTo("1");
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
        String order = "{\"node\":\"4\",\"address\":\"" + fourth + "\",\"neighbours\":[\""
                + host.node(1).address() + "\"]}";
        assertThat(Http.post(control, "/nodes", order, token).statusCode()).isEqualTo(204);
        assertThat(host.node(4).address()).isEqualTo(fourth);
        assertThat(Http.post(control, "/nodes", "{}", token).statusCode()).isEqualTo(400);
        assertThat(Http.post(control, "/admit", "{\"member\":\"127.0.0.1:1\"}", token)
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
