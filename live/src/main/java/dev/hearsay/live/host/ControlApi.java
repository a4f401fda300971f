package dev.hearsay.live.host;

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
import org.jspecify.annotations.Nullable;

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
        host.add(HostStatus.JSON.read(HostOptions.Member.class, body));
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

    private void status(HttpServerResponse response) {
        List<Future<HostStatus.One>> parts = new ArrayList<>();
        for (HostedNode hosted : host.nodes()) {
            LiveNode node = (LiveNode) hosted;
            parts.add(node.loop().call(() -> statusOf(node)));
        }
        Future.all(parts)
                .onSuccess(all -> loop.execute(() -> {
                    HostStatus status = new HostStatus(
                            host.options().host(),
                            List.copyOf(host.notices()),
                            host.faults().inForce().stream()
                                    .map(fault -> fault.order().id())
                                    .toList(),
                            parts.stream().map(Future::result).toList());
                    response.putHeader("content-type", "application/json").end(HostStatus.JSON.line(status));
                }));
    }

    private static HostStatus.One statusOf(LiveNode node) {
        NodeDriver driver = node.driver();
        if (driver == null || !driver.isRunning()) {
            return status(node, "stopped", 0, null);
        }
        long count = switch (driver.machine()) {
            case Node gossiping -> gossiping.log().entries().size();
            case Seed seed -> seed.peerList().members().size();
            default -> 0;
        };
        String state = driver.isPaused() ? "paused" : "running";
        return status(node, state, count, EventText.time(driver.startedMicros()));
    }

    private static HostStatus.One status(LiveNode node, String state, long count, @Nullable String since) {
        boolean isSeed = node.name().isSeed();
        return new HostStatus.One(
                node.name(), node.address(), state, isSeed ? null : count, isSeed ? count : null, since);
    }
}
