package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.SeededNetwork;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultException;
import dev.hearsay.live.fault.FaultJson;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.wire.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Faults on a host over real sockets: what they do to nodes, when they end, and who may order them. */
class FaultsTest extends HostFixture {

    private static final long HOUR = 3_600_000_000_000L;
    private static final long SHORT = 300_000_000L;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private void startFour() throws HostException {
        start(HostOptions.inMemory(Network.of(4, "full")).withControl(true));
        for (HostedNode node : host.nodes()) {
            node.onEvent((at, event) -> {
                if (event instanceof Lifecycle.FaultBegan began) {
                    told.add(node.number() + " began " + began.fault());
                } else if (event instanceof Lifecycle.FaultEnded ended) {
                    told.add(node.number() + " ended " + ended.fault() + ": " + ended.reason());
                }
            });
        }
    }

    private NodeId at(int number) throws HostException {
        return host.node(number).address();
    }

    private void begin(int number, LiveFault fault, long forNanos) throws FaultException {
        host.faults().begin(new FaultOrder(FaultOrder.id(number), fault, forNanos, 1));
    }

    private static int status(NodeId node, String path) {
        return Http.get(node, path).statusCode();
    }

    @Test
    void whatIsSaidOnBothSidesOfAPartitionMeetsWhenItHeals() throws Exception {
        startFour();
        begin(1, new LiveFault.Partition(List.of(Set.of(at(1), at(2)))), HOUR);
        RumorId left = publish(1, "left");
        RumorId right = publish(3, "right");
        Await.until(
                "each on its side",
                () -> delivered.get(2).contains(left) && delivered.get(4).contains(right));
        assertThat(delivered.get(3)).doesNotContain(left);
        assertThat(delivered.get(1)).doesNotContain(right);
        host.faults().heal("f1");
        awaitEverywhere(List.of(left, right));
        assertThat(told)
                .contains("1 began f1", "4 began f1", "1 ended f1: it was healed", "4 ended f1: it was healed")
                .hasSize(8);
    }

    /** What nodes of one process tell each other takes no sockets there, and is cut all the same. */
    @Test
    void aPartedMinorityOfSeedsOfOneProcessLosesItsQuorum() throws Exception {
        SeededNetwork network = SeededNetwork.of(3, 2, directory);
        HostOptions options = network.inOneHost(Profile.CONSENSUS);
        start(HostOptions.seeded(
                options.nodes(),
                new HostOptions.Seeding(
                        network.config(), SeededSettings.of(Profile.CONSENSUS), network.files(), null, true)));
        Queue<String> quorums = new ConcurrentLinkedQueue<>();
        for (HostedNode node : host.nodes()) {
            node.onEvent((at, event) -> {
                switch (event) {
                    case PeerListProtocol.SeedsWithoutQuorum lost -> quorums.add(node.name() + " lost");
                    case PeerListProtocol.SeedsWithQuorum back -> quorums.add(node.name() + " back");
                    default -> {}
                }
            });
        }
        NodeId first = network.seeds().getFirst();
        begin(1, new LiveFault.Partition(List.of(Set.of(first))), HOUR);
        Await.until("the word of the minority", () -> quorums.contains("s1 lost"));
        assertThat(quorums).containsOnly("s1 lost");
        host.faults().heal("f1");
        Await.until("the quorum", () -> quorums.contains("s1 back"));
    }

    @Test
    void endsByItself() throws Exception {
        startFour();
        begin(1, new LiveFault.Loss(new TrafficSelector(Set.of(at(1)), Set.of(), true), 1), SHORT);
        FaultDesk.InForce one = host.faults().inForce().getFirst();
        assertThat(one.leftNanos()).isBetween(1L, SHORT);
        RumorId id = publish(1, "late");
        Await.until("its end", () -> host.faults().inForce().isEmpty());
        awaitEverywhere(List.of(id));
        Await.until("the word of it", () -> told.contains("1 ended f1: its time is over"));
        assertThatThrownBy(() -> host.faults().heal("f1"))
                .isInstanceOf(FaultException.class)
                .hasMessage("there is no fault 'f1'; none is in force");
        assertThat(host.faults().last()).isEqualTo(1);
    }

    @Test
    void aPausedNodeStandsStillAndThenFindsWhatHasComeMeanwhile() throws Exception {
        startFour();
        begin(1, new LiveFault.Pause(Set.of(at(2))), HOUR);
        RumorId missed = publish(1, "missed");
        Await.until(
                "the others",
                () -> delivered.get(3).contains(missed) && delivered.get(4).contains(missed));
        assertThat(delivered.get(2)).isEmpty();
        HttpResponse<String> refused = Http.post(at(2), "/messages", "no");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("the node is paused");
        assertThat(Http.post(at(2), "/messages/read", "{\"ids\":[]}").body()).contains("The node is paused.");
        assertThat(Http.get(at(2), "/readyz").body()).contains("The node is paused.");
        assertThat(JsonObject.parse(Http.get(at(2), "/state").body()).flag("paused"))
                .isTrue();
        assertThatThrownBy(() -> host.node(2)
                        .publish("no".getBytes(UTF_8))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("the node is paused");
        // Of two pauses of one node the later end counts.
        begin(2, new LiveFault.Pause(Set.of(at(2), at(3))), HOUR);
        host.faults().heal("f1");
        assertThat(status(at(2), "/readyz")).isEqualTo(503);
        host.faults().heal("f2");
        awaitEverywhere(List.of(missed, publish(2, "awake")));
        assertThat(status(at(2), "/readyz")).isEqualTo(200);
    }

    @Test
    void aPausedNodeIsSuspectedAndCleared() throws Exception {
        startFour();
        Queue<Event> heard = new ConcurrentLinkedQueue<>();
        host.node(1).onEvent((at, event) -> heard.add(event));
        begin(1, new LiveFault.Pause(Set.of(at(2))), HOUR);
        NodeId paused = at(2);
        Await.until(
                "suspicion",
                () -> heard.stream()
                        .anyMatch(s -> s instanceof HeartbeatProtocol.Suspected suspected
                                && suspected.neighbour().equals(paused)));
        host.faults().heal("f1");
        awaitEverywhere(List.of(publish(2, "not dead")));
    }

    @Test
    void aKilledNodeComesBackWhenItsTimeIsOver() throws Exception {
        start(HostOptions.inMemory(Network.of(4, "full")).withData(directory));
        RumorId before = publish(2, "before");
        awaitEverywhere(List.of(before));
        begin(1, new LiveFault.Kill(Set.of(at(2))), SHORT);
        assertThat(host.node(2).isRunning()).isFalse();
        RumorId meanwhile = publish(1, "meanwhile");
        Await.until("its return", () -> isReady(2));
        awaitEverywhere(List.of(before, meanwhile));
    }

    private boolean isReady(int node) {
        try {
            return host.node(node).isReady();
        } catch (HostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKillWithoutATimeLastsUntilItIsHealedOrTheNodeIsStarted() throws Exception {
        startFour();
        begin(1, new LiveFault.Kill(Set.of(at(2), at(3))), 0);
        assertThat(host.faults().inForce().getFirst().leftNanos()).isZero();
        assertThatThrownBy(() -> begin(2, new LiveFault.Pause(Set.of(at(2))), HOUR))
                .hasMessage("node 2 does not run");
        host.node(2).start();
        assertThat(host.faults().inForce()).as("the other is still dead").hasSize(1);
        host.faults().heal("f1");
        assertThat(host.node(3).isRunning()).isTrue();
        assertThat(told).contains("2 ended f1: it was started", "3 ended f1: it was healed");
        begin(2, new LiveFault.Kill(Set.of(at(3))), 0);
        host.node(3).start();
        assertThat(host.faults().inForce()).isEmpty();
    }

    @Test
    void aPauseEndsWithTheLifeOfTheNode() throws Exception {
        startFour();
        begin(1, new LiveFault.Pause(Set.of(at(2))), HOUR);
        host.node(2).stop();
        assertThat(host.faults().inForce()).isEmpty();
        assertThat(told).contains("2 ended f1: it was stopped");
        host.node(2).start();
        awaitEverywhere(List.of(publish(2, "a new life")));
    }

    // --- Orders ------------------------------------------------------------------------------------------------------

    private HttpResponse<String> order(String method, String path, String body, String token) {
        NodeId control = new NodeId("127.0.0.1", host.controlPort());
        return Http.send(method, control, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + token);
    }

    private static String loss(String id) {
        return FaultJson.write(new FaultOrder(id, new LiveFault.Loss(TrafficSelector.ALL, 0.5), HOUR, 1));
    }

    @Test
    void takesOrdersFromWhoeverHasTheTokenOfTheHost() throws Exception {
        startFour();
        String token = host.controlToken();
        assertThat(order("POST", "/faults", loss("f1"), "wrong").statusCode()).isEqualTo(401);
        assertThat(host.faults().inForce()).isEmpty();
        assertThat(order("POST", "/faults", loss("f1"), token).statusCode()).isEqualTo(204);
        assertThat(order("POST", "/faults", loss("f1"), token).statusCode()).isEqualTo(409);
        JsonObject list = JsonObject.parse(order("GET", "/faults", "", token).body());
        assertThat(list.integer("last")).isEqualTo(1);
        assertThat(FaultJson.read(list.objects("faults").getFirst()).id()).isEqualTo("f1");
        assertThat(JsonObject.parse(order("GET", "/status", "", token).body()).texts("faults"))
                .containsExactly("f1");
        assertThat(order("POST", "/faults", "{\"id\":\"f2\"}", token).body())
                .contains("The fault cannot be read: 'fault' is missing.");
        String elsewhere =
                FaultJson.write(new FaultOrder("f2", new LiveFault.Pause(Set.of(new NodeId("127.0.0.1", 1))), HOUR, 1));
        assertThat(order("POST", "/faults", elsewhere, token).statusCode()).isEqualTo(404);
        assertThat(order("PUT", "/faults", "", token).statusCode()).isEqualTo(405);
        HttpResponse<String> unknown = order("DELETE", "/faults/f9", "", token);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("there is no fault 'f9'; in force are f1.");
        assertThat(order("DELETE", "/faults/f1", "", token).statusCode()).isEqualTo(204);
        assertThat(host.faults().inForce()).isEmpty();
    }

    @Test
    void aKilledNodeCanBeStoppedAndStartedByOrder() throws Exception {
        startFour();
        String token = host.controlToken();
        begin(1, new LiveFault.Kill(Set.of(at(2))), 0);
        assertThat(order("POST", "/nodes/2/stop", "{}", token).statusCode()).isEqualTo(204);
        assertThat(host.faults().inForce()).isEmpty();
        assertThat(order("POST", "/nodes/2/stop", "{}", token).statusCode()).isEqualTo(409);
        assertThat(order("POST", "/nodes/2/start", "{}", token).statusCode()).isEqualTo(204);
        begin(2, new LiveFault.Pause(Set.of(at(2))), HOUR);
        assertThat(order("GET", "/status", "", token).body()).contains("\"state\":\"paused\"");
    }

    @Test
    void aNodesOwnPortTakesFaultsOnlyIfThereIsATokenForThem() throws Exception {
        startFour();
        HttpResponse<String> closed = Http.post(at(1), "/faults", loss("f1"), "Authorization", "Bearer s");
        assertThat(closed.statusCode()).isEqualTo(403);
        assertThat(closed.body()).contains("started without a token");
        host.takeFaultsWith("secret");
        assertThat(status(at(1), "/faults")).isEqualTo(401);
        assertThat(Http.post(at(1), "/faults", loss("f1")).statusCode()).isEqualTo(401);
        String[] authorized = {"Authorization", "Bearer secret"};
        assertThat(Http.post(at(1), "/faults", loss("f1"), authorized).statusCode())
                .isEqualTo(204);
        assertThat(Http.get(at(1), "/faults", authorized).body()).contains("\"f1\"");
        assertThat(Http.send("DELETE", at(1), "/faults/f1", BodyPublishers.noBody(), authorized)
                        .statusCode())
                .isEqualTo(204);
        String forGood = FaultJson.write(new FaultOrder("f2", new LiveFault.Kill(Set.of(at(1))), 0, 1));
        assertThat(Http.post(at(1), "/faults", forGood, authorized).body()).contains("needs a time");
        String kill = FaultJson.write(new FaultOrder("f2", new LiveFault.Kill(Set.of(at(1))), SHORT, 1));
        assertThat(Http.post(at(1), "/faults", kill, authorized).statusCode()).isEqualTo(202);
        Await.until("its end and return", () -> told.contains("1 ended f2: its time is over"));
        awaitEverywhere(List.of(publish(1, "back")));
    }
}
