package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.Overlays;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** A dashboard before a network over real sockets, all in this process. */
abstract class DashboardFixture {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    Host host;
    Dashboard dashboard;

    @AfterEach
    void end() {
        if (dashboard != null) {
            dashboard.close();
        }
        if (host != null) {
            host.close();
        }
    }

    /** So many nodes, each with three random neighbours if there are enough, and a dashboard that was told of the first alone. */
    void start(int nodes) throws Exception {
        host = Host.start(HostOptions.inMemory(members(nodes)));
        watch(host.nodes().getFirst().address());
    }

    static List<HostOptions.Member> members(int nodes) {
        Graph graph = Overlays.build(OverlaySpec.parse(nodes < 5 ? "full" : "random:3"), nodes, new Random64(7))
                .graph();
        List<NodeId> addresses = freePorts(nodes);
        List<HostOptions.Member> members = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            members.add(new HostOptions.Member(node + 1, addresses.get(node), graph.neighbours(node, addresses)));
        }
        return members;
    }

    void watch(NodeId... nodes) throws Exception {
        dashboard =
                Dashboard.start(new DashboardOptions("test", List.of(nodes), new NodeId("127.0.0.1", 0), false, null));
    }

    /** Ports in a row that are free at this moment, from below those that the system gives to outgoing connections. */
    static List<NodeId> freePorts(int count) {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(20000, 32000 - count);
            List<NodeId> nodes = new ArrayList<>();
            while (nodes.size() < count && isFree(base + nodes.size())) {
                nodes.add(new NodeId("127.0.0.1", base + nodes.size()));
            }
            if (nodes.size() == count) {
                return nodes;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static void await(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for this: " + what.get());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    // --- Who asks it ------------------------------------------------------------------------------------------------

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> post(String body, String... headers) {
        return send("POST", "/api/messages", body, headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + dashboard.listener() + path))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    JsonObject json(String path) {
        try {
            return JsonObject.parse(get(path).body());
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    List<JsonObject> nodes() {
        try {
            return json("/api/network").objects("nodes");
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    /** How many nodes are shown in that state. */
    long inState(String state) {
        return nodes().stream()
                .filter(node -> text(node, "state").equals(state))
                .count();
    }

    static String text(JsonObject object, String name) {
        try {
            return object.text(name);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    static long whole(JsonObject object, String name) {
        try {
            return object.whole(name);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    void awaitLive(int nodes) {
        await(() -> nodes + " live nodes: " + nodes(), () -> inState("live") == nodes);
    }
}
