package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.web.faults.FaultAccess;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong on purpose, ordered through a dashboard before a real network. */
class FaultsTest extends DashboardFixture {

    private static final NodeId LOOPBACK = new NodeId("127.0.0.1", 0);

    /** Nodes called 1, 2 …, and a dashboard of the process that runs them. */
    private void begin(int nodes) throws Exception {
        host = Host.start(HostOptions.inMemory(members(nodes)));
        watch(LOOPBACK, false, null, new FaultAccess.OfNetwork(host.faults(), " --network two"));
        awaitLive(nodes);
    }

    private void watch(NodeId listener, boolean isReadOnly, String token, FaultAccess access) throws Exception {
        List<NodeId> known = List.of(host.nodes().getFirst().address());
        dashboard = Dashboard.start(new DashboardOptions("two", known, listener, isReadOnly, token).with(access));
    }

    /** The page's number of a node. */
    private long index(String name) {
        // A node that has just been reached has not said yet what it is called.
        await(
                () -> "a node " + name,
                () -> nodes().stream().anyMatch(node -> text(node, "name").equals(name)));
        return nodes().stream()
                .filter(node -> text(node, "name").equals(name))
                .mapToLong(node -> whole(node, "i"))
                .findFirst()
                .orElseThrow();
    }

    private String state(String name) {
        return nodes().stream()
                .filter(node -> text(node, "name").equals(name))
                .map(node -> text(node, "state"))
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> order(String body, String... headers) {
        return send("POST", "/api/faults", body, headers);
    }

    private HttpResponse<String> preview(String body) {
        return send("POST", "/api/faults?preview=true", body);
    }

    private List<JsonObject> listed() {
        try {
            return json("/api/faults").objects("faults");
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains(words);
    }

    @Test
    void aPreviewChangesNothingAndAFaultIsListedUntilItIsEnded() throws Exception {
        begin(5);
        String loss = "{\"kind\":\"loss\",\"share\":\"10%\",\"from\":[" + index("3") + "],\"to\":[" + index("5")
                + "],\"for\":\"10m\"}";
        assertThat(preview(loss).body())
                .isEqualTo(
                        "{\"affects\":2,\"command\":\"gossip fault loss 10% --from 3 --to 5 --for 10m --network two\"}");
        assertThat(host.faults().last()).isZero();
        assertThat(get("/api/faults").body()).isEqualTo("{\"can\":true,\"faults\":[]}");

        HttpResponse<String> begun = order(loss);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        JsonObject answer = JsonObject.parse(begun.body());
        assertThat(answer.text("command")).endsWith("--from 3 --to 5 --for 10m --network two");
        assertThat(answer.object("fault").text("id")).isEqualTo("f1");
        assertThat(host.faults().inForce().getFirst().order().fault())
                .isInstanceOfSatisfying(
                        LiveFault.Loss.class, fault -> assertThat(fault.share()).isEqualTo(0.1));

        JsonObject fault = listed().getFirst();
        assertThat(fault.text("what")).isEqualTo("loss of 10% from 3 to 5");
        assertThat(fault.text("kind")).isEqualTo("loss");
        assertThat(fault.wholes("nodes")).containsExactly(index("3"), index("5"));
        assertThat(fault.whole("ends") - fault.whole("begun")).isEqualTo(600_000_000L);
        assertThat(order(
                                "{\"kind\":\"delay\",\"delay\":\"uniform:1ms-2ms\",\"groups\":[[0],[1,2]],\"forNanos\":600000000000}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(listed()).hasSize(2);

        assertThat(send("DELETE", "/api/faults/f1", "").body())
                .isEqualTo("{\"ended\":[\"f1\"],\"command\":\"gossip fault heal f1 --network two\"}");
        assertThat(listed()).hasSize(1);
        assertProblem(send("DELETE", "/api/faults/f1", ""), 404, "There is no fault 'f1'; in force are f2.");
        assertThat(send("DELETE", "/api/faults/all", "").body()).contains("\"ended\":[\"f2\"]");
        assertThat(host.faults().inForce()).isEmpty();
    }

    @Test
    void aPartitionKeepsAMessageOnOneSideUntilItIsHealed() throws Exception {
        begin(4);
        String partition =
                "{\"kind\":\"partition\",\"groups\":[[" + index("1") + "," + index("2") + "]],\"for\":\"10m\"}";
        assertThat(preview(partition).body())
                .contains("\"affects\":4", "gossip fault partition 1,2 --for 10m --network two");
        assertThat(order(partition).statusCode()).isEqualTo(201);
        assertThat(post("{\"text\":\"left\",\"node\":\"1\"}").statusCode()).isEqualTo(201);
        await(
                () -> "two of four: " + get("/api/messages").body(),
                () -> get("/api/messages").body().contains("\"reached\":2,"));
        assertThat(send("DELETE", "/api/faults/f1", "").statusCode()).isEqualTo(200);
        await(
                () -> "all four: " + get("/api/messages").body(),
                () -> get("/api/messages").body().contains("\"reached\":4,"));
    }

    @Test
    void aPauseIsSeenAndEndsByOrderOrByItself() throws Exception {
        begin(3);
        String pause = "{\"kind\":\"pause\",\"nodes\":[" + index("2") + "],\"for\":";
        assertThat(preview(pause + "\"10m\"}").body()).contains("\"affects\":1", "gossip fault pause 2 --for 10m");
        assertThat(order(pause + "\"10m\"}").statusCode()).isEqualTo(201);
        await(() -> "a paused node: " + nodes(), () -> state("2").equals("paused"));
        assertThat(send("DELETE", "/api/faults/all", "").statusCode()).isEqualTo(200);
        await(() -> "its return: " + nodes(), () -> state("2").equals("live"));
        assertThat(order(pause + "\"1s\"}").statusCode()).isEqualTo(201);
        await(() -> "its end: " + get("/api/faults").body(), () -> listed().isEmpty());
        await(() -> "the word of its end", () -> get("/api/network").body().contains("its time is over"));
        await(() -> "its return: " + nodes(), () -> state("2").equals("live"));
    }

    @Test
    void aKilledNodeIsBroughtBackAloneAndItsFaultGoesOnForTheOther() throws Exception {
        begin(5);
        long two = index("2");
        String kill = "{\"kind\":\"kill\",\"nodes\":[" + two + "," + index("4") + "]}";
        assertThat(preview(kill).body()).contains("\"affects\":2", "gossip fault kill 2,4 --network two");
        assertThat(order(kill).body()).contains("\"ends\":null");
        await(
                () -> "dead nodes: " + nodes(),
                () -> state("2").equals("dead") && state("4").equals("dead"));
        assertProblem(preview(kill), 409, " does not run.");
        assertThat(send("POST", "/api/nodes/" + two + "/restart", "").body())
                .isEqualTo("{\"node\":" + two + ",\"command\":\"gossip restart-node 2 --network two\"}");
        assertThat(listed()).hasSize(1);
        await(() -> "its return: " + nodes(), () -> state("2").equals("live"));
        assertThat(host.node(4).isRunning()).isFalse();
        assertProblem(send("POST", "/api/nodes/" + two + "/restart", ""), 409, "No fault has killed the node at ");
        assertThat(send("POST", "/api/nodes/" + index("4") + "/restart", "").statusCode())
                .isEqualTo(200);
        assertThat(listed()).isEmpty();
    }

    @Test
    void aNumberThatSomebodyElseHasTakenIsNotUsedAgain() throws Exception {
        begin(2);
        host.faults()
                .begin(new FaultOrder(
                        "f7",
                        new LiveFault.Cut(
                                new TrafficSelector(TrafficSelector.ALL.from(), TrafficSelector.ALL.to(), false)),
                        600_000_000_000L,
                        1));
        assertThat(order("{\"kind\":\"duplicate\",\"share\":\"5%\",\"for\":\"10m\"}")
                        .body())
                .contains("\"id\":\"f8\"", "gossip fault duplicate 5% --for 10m");
    }

    @Test
    void whatMakesNoSenseIsSaidInOneSentence() throws Exception {
        begin(2);
        assertProblem(order("{\"kind\":\"flood\",\"for\":\"1s\"}"), 400, "'flood' is not a kind of fault");
        assertProblem(
                order("{\"kind\":\"pause\",\"nodes\":[9],\"for\":\"1s\"}"), 404, "There is no node with the index 9.");
        assertProblem(order("{\"kind\":\"pause\",\"nodes\":[],\"for\":\"1s\"}"), 400, "it is not said to which nodes.");
        assertProblem(order("{\"kind\":\"pause\",\"nodes\":[0]}"), 400, "it is not said for how long");
        assertProblem(order("{\"kind\":\"pause\",\"nodes\":[0],\"for\":\"soon\"}"), 400, "'soon' is not a duration");
        assertProblem(order("{\"kind\":\"pause\",\"nodes\":[0],\"for\":\"25h\"}"), 400, "for more than 24 h");
        assertProblem(order("{\"kind\":\"kill\",\"nodes\":[0],\"forNanos\":0}"), 400, "more than 0 s");
        assertProblem(order("{\"kind\":\"loss\",\"for\":\"1s\"}"), 400, "'share' is missing");
        assertProblem(order("{\"kind\":\"loss\",\"share\":\"200%\",\"for\":\"1s\"}"), 400, "more than the whole");
        assertProblem(
                order("{\"kind\":\"pause\",\"nodes\":[0],\"share\":\"1%\",\"for\":\"1s\"}"),
                400,
                "'share' does not go with 'pause'");
        assertProblem(
                order("{\"kind\":\"delay\",\"delay\":\"exponential:1ms\",\"for\":\"1s\"}"), 400, "is for simulations");
        assertProblem(order("{\"kind\":\"cut\",\"to\":[0],\"for\":\"1s\"}"), 400, "a cut is 'from' whom");
        assertProblem(
                order("{\"kind\":\"loss\",\"share\":\"1%\",\"nodes\":[0],\"from\":[1],\"for\":\"1s\"}"),
                400,
                "one at most can be given");
        assertProblem(order("{\"kind\":\"partition\",\"groups\":[[0,1]],\"for\":\"1s\"}"), 400, "so nothing is parted");
        assertProblem(order("no json"), 400, "The fault cannot be read: ");
        assertProblem(send("DELETE", "/api/faults/x", ""), 400, "'x' is not the id of a fault");
        assertProblem(send("POST", "/api/nodes/x/restart", ""), 404, "There is no node");
        assertProblem(send("PUT", "/api/faults", ""), 405, "GET or POST");
        assertThat(host.faults().last()).isZero();
    }

    @Test
    void onlyWhoMaySendMayLetThingsGoWrong() throws Exception {
        begin(2);
        String loss = "{\"kind\":\"loss\",\"share\":\"1%\",\"for\":\"1s\"}";
        assertProblem(order(loss, "Origin", "http://evil.example"), 403, "A page of another origin");
        dashboard.close();
        FaultAccess access = new FaultAccess.OfNetwork(host.faults(), "");
        watch(LOOPBACK, true, "secret", access);
        assertProblem(order(loss), 403, "--read-only");
        assertProblem(send("DELETE", "/api/faults/all", ""), 403, "--read-only");
        assertProblem(send("POST", "/api/nodes/0/restart", ""), 403, "--read-only");
        assertThat(get("/api/faults").body())
                .startsWith("{\"can\":false,\"why\":\"This dashboard only shows.\",\"hint\":\"It was started with");
        dashboard.close();
        watch(new NodeId("0.0.0.0", freePorts(1).getFirst().port()), false, "secret", access);
        assertProblem(order(loss), 401, "The token is missing or wrong.");
        assertThat(host.faults().last()).isZero();
        assertThat(order(loss, "Authorization", "Bearer secret").statusCode()).isEqualTo(201);
        dashboard.close();
        watch(LOOPBACK, false, null, FaultAccess.WITHOUT_TOKEN);
        assertProblem(order(loss), 403, "this dashboard has none.");
        assertThat(get("/api/faults").body()).startsWith("{\"can\":false,\"why\":\"Nodes take faults only from");
    }

    @Test
    void nodesThatRunAloneAreNamedByAddress() throws Exception {
        begin(2);
        dashboard.close();
        watch(LOOPBACK, false, null, new FaultAccess.OfNodes(nodes -> host.faults()));
        awaitLive(2);
        String one = host.node(1).address().toString();
        assertThat(preview("{\"kind\":\"pause\",\"nodes\":[" + index("1") + "],\"for\":\"30s\"}")
                        .body())
                .contains("\"gossip fault pause " + one + " --for 30s --at " + one + "\"");
    }
}
