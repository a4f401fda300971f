package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code gossip dashboard} before a network that the command has started. */
class DashboardCommandTest extends GossipRun {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private int basePort;

    @BeforeEach
    void begin() {
        basePort = Gossip.freeBasePort(7);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        URI page = URI.create("http://127.0.0.1:" + (basePort + 6) + path);
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(page)
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private boolean shows(String page, String words) {
        return send("GET", page, "").body().contains(words);
    }

    @Test
    void showsTheNetworkAndWhatItIsTold() throws Exception {
        gossip.line("dashboard").fails(3);
        gossip.line("start-network -n 5 --in-memory --base-port " + basePort).ok();
        int port = basePort + 6;
        gossip.spawn(home, "dashboard", "dashboard --port " + port);
        Gossip.await("the dashboard", () -> Deployment.status("http://127.0.0.1:" + port + "/healthz") == 200);
        gossip.line("send-message 4 apple --wait").ok();
        Gossip.await("apple at all five", () -> shows("/api/messages", "\"reached\":5,\"of\":5"));
        Gossip.await("what it says", () -> shows("/api/messages", "\"text\":\"apple\""));
        assertThat(send("POST", "/api/messages", "{\"text\":\"pear\"}").statusCode())
                .isEqualTo(201);
        gossip.line("fault kill 3 --for 1m").ok();
        Gossip.await("a dead node", () -> shows("/api/network", "\"state\":\"dead\""));
        assertThat(gossip.line("dashboard --port " + port).fails(7).err())
                .contains("Port " + port + " is already in use.");
    }

    @Test
    void aNodeThatIsSpelledInSeveralWaysIsShownOnce() throws Exception {
        int port = basePort + 6;
        int node = basePort + 1;
        String spellings = String.join(
                ",",
                "localhost:" + node,
                "127.0.0.1:" + node,
                "LOCALHOST.:" + node,
                "[::ffff:127.0.0.1]:" + node,
                "[::1]:" + node,
                "[0:0:0:0:0:0:0:1]:" + node,
                "127.0.0.1:" + (node + 1));
        gossip.spawn(home, "dashboard", "dashboard --nodes " + spellings + " --port " + port);
        Gossip.await("the dashboard", () -> Deployment.status("http://127.0.0.1:" + port + "/healthz") == 200);
        List<String> shown = new ArrayList<>();
        for (JsonObject each :
                JsonObject.parse(send("GET", "/api/network", "").body()).objects("nodes")) {
            shown.add(each.text("address"));
        }
        // The loopback of IPv6 is another place, where another program may listen.
        assertThat(shown).containsExactlyInAnyOrder("localhost:" + node, "[::1]:" + node, "127.0.0.1:" + (node + 1));
    }

    @Test
    void onlyShowsIfThatIsWanted() throws Exception {
        int port = basePort + 6;
        gossip.spawn(home, "dashboard", "dashboard --nodes 127.0.0.1:" + basePort + " --read-only --port " + port);
        Gossip.await("the dashboard", () -> Deployment.status("http://127.0.0.1:" + port + "/healthz") == 200);
        assertThat(send("POST", "/api/messages", "{\"text\":\"pear\"}").statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "/api/network", "").body()).contains("\"control\":\"none\"");
    }

    // --- Served by the network itself --------------------------------------------------------------------------------

    private int page() {
        return basePort + 6;
    }

    private boolean isServed() {
        return Deployment.status("http://127.0.0.1:" + page() + "/healthz") == 200;
    }

    private void startWithDashboard(String options) {
        String start = "start-network --in-memory --base-port " + basePort + " --dashboard " + page();
        assertThat(gossip.line(start + options).ok().out())
                .contains("The dashboard is at http://127.0.0.1:" + page() + ".\n");
    }

    @Test
    void theProcessThatRunsTheNetworkServesItAndItEndsWithTheNetwork() {
        startWithDashboard(" full -n 3");
        assertThat(isServed()).isTrue();
        Gossip.await("the nodes", () -> shows("/api/network", "\"name\":\"3\""));
        assertThat(gossip.line("status").ok().out()).contains("The dashboard is at http://127.0.0.1:" + page() + ".\n");
        assertThat(gossip.line("status -o json").ok().out())
                .contains("\"dashboard\":\"http://127.0.0.1:" + page() + "\"");
        assertThat(gossip.line("dashboard").ok().out())
                .isEqualTo("The dashboard is at http://127.0.0.1:" + page() + ". The network serves it itself.\n");
        assertThat(gossip.line("dashboard --port " + page()).fails(7).err()).contains("already in use");
        gossip.line("stop-network").ok();
        assertThat(isServed()).isFalse();
        assertThat(gossip.line("resume-network").ok().out()).contains("The dashboard is at http://");
        assertThat(isServed()).isTrue();
    }

    @Test
    @Tag("slow")
    void besideNodesThatAreProcessesItIsAnotherOneAndEndsWithThem() throws Exception {
        startWithDashboard(" full -n 2 --processes");
        Gossip.await("the nodes", () -> shows("/api/network", "\"name\":\"2\""));
        assertThat(gossip.line("status").ok().out()).contains("The dashboard is at http://127.0.0.1:" + page() + ".\n");
        gossip.line("stop-network").ok();
        assertThat(isServed()).isFalse();
        gossip.line("resume-network").ok();
        assertThat(isServed()).isTrue();
        // It outlives nodes that die, and makes way for what comes after them.
        for (String node : List.of("1", "2")) {
            Gossip.kill(gossip.host(node));
        }
        assertThat(gossip.line("status").fails(3).out()).contains("died");
        String run = " --dir " + home.resolve("run") + " --seed-base-port " + (basePort + 10);
        startWithDashboard(" --seeds 1 --peers 1 --fresh" + run);
        Gossip.await("the seed", () -> shows("/api/network", "\"name\":\"s1\""));
        gossip.line("stop-network").ok();
        assertThat(isServed()).isFalse();
    }

    @Test
    @Tag("slow")
    void stopNetworkEndsTheDashboardOfANetworkThatDied() throws Exception {
        startWithDashboard(" full -n 2 --processes");
        ProcessHandle dashboard = gossip.host("dashboard");
        for (String node : List.of("1", "2")) {
            Gossip.kill(gossip.host(node));
        }
        assertThat(isServed()).isTrue();
        assertThat(gossip.line("stop-network").fails(3).err()).contains("died");
        assertThat(isServed()).isFalse();
        // What has ended is seen until this process has asked how.
        Gossip.await("its end", () -> !dashboard.isAlive());
        try (ServerSocket free = new ServerSocket(page(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void whereItCannotBeServedNothingIsStarted() throws Exception {
        String start = "start-network --in-memory --base-port " + basePort + " --dashboard=";
        try (ServerSocket taken = new ServerSocket(page(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(taken.isBound()).isTrue();
            assertThat(gossip.line(start + page() + " full -n 3").fails(7).err())
                    .contains("The dashboard has no place: port " + page() + " is already in use.");
        }
        assertThat(gossip.line(start + (basePort + 2) + " full -n 3").fails(2).err())
                .contains("is that of a node");
        for (String noPort : List.of("=here", "=0", " 65536", " 0", " 123456")) {
            assertThat(gossip.line("start-network --dashboard" + noPort)
                            .fails(2)
                            .err())
                    .contains("--dashboard must be a port");
        }
        assertThat(gossip.line("start-network --dashboard here").fails(2).err()).contains("'here' is not a topology");
    }

    /** The wishes of a page, of every kind. */
    private static final List<String> WISHES = List.of(
            "\"kind\":\"loss\",\"share\":\"12.5%\"",
            "\"kind\":\"loss\",\"share\":\"0.1%\",\"from\":[0],\"to\":[1,2]",
            "\"kind\":\"duplicate\",\"share\":\"5%\",\"nodes\":[0,1]",
            "\"kind\":\"delay\",\"delay\":\"20ms\",\"groups\":[[0],[1,2]]",
            "\"kind\":\"delay\",\"delay\":\"uniform:0-1.5ms\",\"to\":[2]",
            "\"kind\":\"cut\",\"from\":[0]",
            "\"kind\":\"cut\",\"from\":[0],\"to\":[1,2]",
            "\"kind\":\"partition\",\"groups\":[[0],[1,2]]",
            "\"kind\":\"pause\",\"nodes\":[0,2]",
            "\"kind\":\"kill\",\"nodes\":[1]");

    @Test
    @Tag("slow")
    void theCommandOfEveryFaultDoesTheSame() throws Exception {
        startWithDashboard(" full -n 3 --network two");
        Gossip.await("the nodes", () -> shows("/api/network", "\"name\":\"3\""));
        for (String wish : WISHES) {
            String body = "{" + wish + ",\"for\":\"10m\"}";
            JsonObject preview = JsonObject.parse(
                    send("POST", "/api/faults?preview=true", body).body());
            assertThat(preview.text("command")).endsWith(" --for 10m --network two");
            assertThat(inForce()).as("a preview changes nothing").isEmpty();
            gossip.line(preview.text("command").substring("gossip ".length())).ok();
            List<String> byCommand = inForce();
            gossip.line("fault heal all --network two").ok();
            HttpResponse<String> begun = send("POST", "/api/faults", body);
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
            assertThat(inForce()).as(wish).hasSize(1).isEqualTo(byCommand);
            assertThat(send("DELETE", "/api/faults/all", "").statusCode()).isEqualTo(200);
        }
    }

    /** What is in force, as the command lists it. */
    private List<String> inForce() throws WireException {
        List<String> what = new ArrayList<>();
        for (JsonObject fault :
                gossip.line("fault list --network two -o json").ok().json().objects("faults")) {
            what.add(fault.text("what"));
        }
        return what;
    }

    @Test
    @Tag("slow")
    void faultsOfProcessesAreOrderedThroughADashboardBesideThem() throws Exception {
        gossip.line("start-network full -n 3 --processes --in-memory --base-port " + basePort)
                .ok();
        gossip.spawn(home, "dashboard", "dashboard --port " + page());
        Gossip.await("the dashboard", this::isServed);
        Gossip.await("the nodes", () -> shows("/api/network", "\"name\":\"3\""));
        HttpResponse<String> killed = send("POST", "/api/faults", "{\"kind\":\"kill\",\"nodes\":[1]}");
        assertThat(killed.statusCode()).as(killed.body()).isEqualTo(201);
        assertThat(killed.body()).contains("\"what\":\"kill of 2\"", "gossip fault kill 2");
        Gossip.await("a dead node", () -> shows("/api/network", "\"state\":\"dead\""));
        assertThat(gossip.line("fault list").ok().out()).contains("kill of 2");
        HttpResponse<String> back = send("POST", "/api/nodes/1/restart", "");
        assertThat(back.body()).isEqualTo("{\"node\":1,\"command\":\"gossip restart-node 2\"}");
        assertThat(send("POST", "/api/nodes/1/restart", "").statusCode()).isEqualTo(409);
        assertThat(shows("/api/faults", "{\"can\":true,\"faults\":[]}")).isTrue();
        gossip.line("fault partition 1,2 --for 10m").ok();
        Gossip.await("what the command began", () -> shows("/api/faults", "partition 1,2 against the rest"));
        assertThat(send("DELETE", "/api/faults/f2", "").body()).contains("\"ended\":[\"f2\"]");
        assertThat(gossip.line("fault list").ok().out()).isEqualTo("No fault is in force.\n");
        gossip.line("stop-network").ok();
        Gossip.await("why it cannot", () -> shows("/api/faults", "The network 'default' is stopped."));
    }

    @Test
    @Tag("slow")
    void nodesThatRunAloneTakeFaultsWithTheirToken() throws Exception {
        String one = "127.0.0.1:" + (basePort + 1);
        String two = "127.0.0.1:" + (basePort + 2);
        gossip.with("GOSSIP_TOKEN", "open-sesame");
        for (String node : List.of(one, two)) {
            gossip.spawn(home, "node", "node " + node + " --members " + one + "," + two + " --topology full");
        }
        gossip.spawn(home, "dashboard", "dashboard --nodes " + one + "," + two + " --port " + page());
        Gossip.await("the dashboard", this::isServed);
        Gossip.await("both nodes", () -> {
            String network = send("GET", "/api/network", "").body();
            return network.split("\"state\":\"live\"", -1).length == 3;
        });
        HttpResponse<String> paused = send("POST", "/api/faults", "{\"kind\":\"pause\",\"nodes\":[1],\"for\":\"10m\"}");
        assertThat(paused.statusCode()).as(paused.body()).isEqualTo(201);
        assertThat(paused.body()).contains("gossip fault pause " + two + " --for 10m --at " + two);
        assertThat(gossip.line("fault list --at " + two).ok().out()).contains("pause of " + two);
        assertThat(gossip.line("fault list --at " + one).ok().out()).contains("No fault is in force.");
        Gossip.await("it in the list", () -> shows("/api/faults", "\"kind\":\"pause\""));
        assertThat(send("POST", "/api/nodes/1/restart", "").body()).contains("comes back when the time");
        assertThat(send("DELETE", "/api/faults/f1", "").statusCode()).isEqualTo(200);
        assertThat(gossip.line("fault list --at " + two).ok().out()).contains("No fault is in force.");
    }
}
