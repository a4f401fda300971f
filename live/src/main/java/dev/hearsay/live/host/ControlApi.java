package dev.hearsay.live.host;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.live.fault.FaultApi;
import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.http.ResponseStream;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.node.EventText;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.recording.RecordingFile;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders to a host, on loopback, from whoever has its token. What takes long is done on a thread of its own. */
final class ControlApi {

    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final Pattern NODE_ORDER = Pattern.compile("/nodes/(s?[1-9]\\d{0,8})/(start|stop)");

    /** An order that is carried out before it is answered. */
    private interface Order {
        void run() throws HostException, WireException;
    }

    private final Host host;
    private final Loop loop;
    private final BearerToken token;
    private final HttpServer server;

    private ControlApi(Host host, Loop loop, HttpServer server) {
        this.host = host;
        this.loop = loop;
        this.server = server;
        this.token = new BearerToken(host.controlToken());
    }

    static ControlApi listen(Host host, Loop loop) throws HostException {
        HttpServer server = loop.vertx().createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
        ControlApi api = new ControlApi(host, loop, server);
        server.requestHandler(api::handle).exceptionHandler(broken -> {});
        try {
            loop.call(() -> server.listen(0, "127.0.0.1"))
                    .compose(listening -> listening)
                    .await();
            return api;
        } catch (RuntimeException e) {
            throw new HostException(
                    HostException.Code.FAILED, "the host cannot listen for orders: " + e.getMessage(), e);
        }
    }

    int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (!token.isIn(request)) {
            new Problem(401, "Not authorized", "The token is missing or wrong.", "It is in the host's file.")
                    .answer(request.response());
            return;
        }
        String path = String.valueOf(request.path());
        Matcher nodeOrder = NODE_ORDER.matcher(path);
        boolean isPost = HttpMethod.POST.equals(request.method());
        if (HttpMethod.GET.equals(request.method()) && path.equals("/status")) {
            status(request.response());
        } else if (HttpMethod.GET.equals(request.method()) && path.equals("/recording")) {
            record(request);
        } else if (HttpMethod.GET.equals(request.method()) && path.equals("/recording/kept")) {
            request.response()
                    .putHeader("content-type", "application/json")
                    .end(host.recorder().kept().toJson());
        } else if (isPost && path.equals("/nodes")) {
            RequestBody.read(request, BODY_BYTES_MAX, body -> carryOut(request, () -> add(body)));
        } else if (FaultApi.isAbout(path)) {
            host.faultApi().handle(request, false);
        } else if (isPost && (path.equals("/admit") || path.equals("/dismiss"))) {
            RequestBody.read(request, BODY_BYTES_MAX, body -> carryOut(request, () -> change(path, body)));
        } else if (isPost && path.equals("/stop")) {
            request.response()
                    .setStatusCode(204)
                    .end()
                    .onComplete(ignored -> Thread.ofPlatform().name("stop").start(host::close));
        } else if (isPost && nodeOrder.matches()) {
            NodeName name = NodeName.parse(nodeOrder.group(1));
            String order = nodeOrder.group(2);
            RequestBody.read(request, BODY_BYTES_MAX, body -> carryOut(request, () -> order(name, order)));
        } else {
            new Problem(404, "Not found", "There is no such order.", "See the guide to the host's orders.")
                    .answer(request.response());
        }
    }

    private void carryOut(HttpServerRequest request, Order order) {
        HttpServerResponse response = request.response();
        Thread.ofVirtual().start(() -> {
            try {
                order.run();
                loop.execute(() -> response.setStatusCode(204).end());
            } catch (HostException e) {
                loop.execute(() -> problem(e).answer(response));
            } catch (WireException | IllegalArgumentException e) {
                loop.execute(() -> Problem.badRequest("The order cannot be read: " + e.getMessage() + ".", "")
                        .answer(response));
            }
        });
    }

    private static Problem problem(HostException e) {
        int status = switch (e.code()) {
            case NO_SUCH_NODE -> 404;
            case PORT_TAKEN -> 409;
            case STORE -> 503;
            case FAILED -> 409;
        };
        return new Problem(status, e.code().name(), String.valueOf(e.getMessage()), "");
    }

    private void order(NodeName name, String order) throws HostException {
        LiveNode node = host.find(name);
        if (order.equals("start")) {
            node.start();
        } else if (!host.leaveDead(node)) {
            node.stop();
        }
    }

    /** The members of the network are others now. */
    private void change(String order, byte[] body) throws HostException, WireException {
        NodeId member = NodeId.parse(JsonObject.parse(body).text("member"));
        if (order.equals("/admit")) {
            host.admit(member);
        } else {
            host.dismiss(member);
        }
    }

    private void add(byte[] body) throws HostException, WireException {
        JsonObject json = JsonObject.parse(body);
        List<NodeId> neighbours = new ArrayList<>();
        for (String neighbour : json.texts("neighbours")) {
            neighbours.add(NodeId.parse(neighbour));
        }
        host.add(new HostOptions.Member(
                NodeName.parse(json.text("node")), NodeId.parse(json.text("address")), neighbours));
    }

    /** Answers with what the nodes have lived through, as far as it is kept; {@code since} leaves out what was before. */
    private void record(HttpServerRequest request) {
        String since = request.getParam("since", "0");
        if (!since.matches("\\d{1,18}")) {
            Problem.badRequest("'since' must be microseconds since 1970.", "").answer(request.response());
            return;
        }
        HttpServerResponse response = request.response().setChunked(true);
        response.putHeader("content-type", "application/x-ndjson").exceptionHandler(gone -> {});
        Thread.ofVirtual().start(() -> {
            ResponseStream out = new ResponseStream(loop, response);
            try {
                RecordingFile file = new RecordingFile(host.recorder(), out, "", 0, Long.parseLong(since));
                file.writeNews();
                file.finish();
                file.close();
            } catch (IOException e) {
                // Whoever asked has gone.
            } catch (RuntimeException e) {
                String sentence = "A recording was not written, by a fault of this program: " + e;
                host.notice(sentence);
                out.breakOff(new Problem(500, "Fault", sentence, ""));
            }
        });
    }

    // --- Status ------------------------------------------------------------------------------------------------------

    private record NodeStatus(
            NodeName node, NodeId address, String state, int messages, int members, long sinceMicros) {
        void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("node", node.toString());
            json.writeStringField("address", address.toString());
            json.writeStringField("state", state);
            json.writeNumberField(node.isSeed() ? "members" : "messages", node.isSeed() ? members : messages);
            if (sinceMicros > 0) {
                json.writeStringField("since", EventText.time(sinceMicros));
            }
            json.writeEndObject();
        }
    }

    private void status(HttpServerResponse response) {
        List<Future<NodeStatus>> parts = new ArrayList<>();
        for (HostedNode hosted : host.nodes()) {
            LiveNode node = (LiveNode) hosted;
            parts.add(node.loop().call(() -> statusOf(node)));
        }
        Future.all(parts)
                .onSuccess(all -> loop.execute(() -> {
                    String body = Json.object(json -> {
                        json.writeStringField("host", host.options().host());
                        Json.texts("notices", host.notices(), json);
                        Json.array(
                                "faults",
                                host.faults().inForce(),
                                json,
                                fault -> json.writeString(fault.order().id()));
                        Json.array("nodes", parts, json, part -> part.result().writeTo(json));
                    });
                    response.putHeader("content-type", "application/json").end(body);
                }));
    }

    private static NodeStatus statusOf(LiveNode node) {
        NodeDriver driver = node.driver();
        if (driver == null || !driver.isRunning()) {
            return new NodeStatus(node.name(), node.address(), "stopped", 0, 0, 0);
        }
        int messages = driver.machine() instanceof Node gossiping
                ? gossiping.log().entries().size()
                : 0;
        int members = driver.machine() instanceof Seed seed
                ? seed.peerList().members().size()
                : 0;
        String state = driver.isPaused() ? "paused" : "running";
        return new NodeStatus(node.name(), node.address(), state, messages, members, driver.startedMicros());
    }
}
