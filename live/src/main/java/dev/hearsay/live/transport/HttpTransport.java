package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.MessageJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages as batches of JSON in {@code PUT /gossip} requests. Each node has one HTTP server, which serves its pages for people
 * as well.
 */
public final class HttpTransport implements Transport {

    /** What a node answers to requests that are not from nodes. */
    @FunctionalInterface
    public interface Pages {
        void handle(HttpServerRequest request);
    }

    private static final int CONNECT_MILLIS_MAX = 3000;
    private static final int IDLE_SECONDS_MAX = 60;
    private static final int BACKLOG = 1024;
    private static final long SWEEP_MILLIS = 1000;

    /** What the endpoints of one loop share. */
    private static final class Shared {
        final MessageJson json = new MessageJson();
        final List<HttpEndpoint> endpoints = new ArrayList<>();
    }

    private final Vertx vertx;
    private final NetClient client;
    private final Function<NodeId, Pages> pages;
    private final Map<Loop, Shared> shared = new ConcurrentHashMap<>();
    private final Map<NodeId, HttpEndpoint> open = new ConcurrentHashMap<>();

    /** A transport whose nodes answer other requests with the pages made for each. */
    public HttpTransport(Vertx vertx, Function<NodeId, Pages> pages) {
        this.vertx = vertx;
        this.pages = pages;
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX).setTcpNoDelay(true));
    }

    private static HttpServerOptions serverOptions() {
        HttpServerOptions options = new HttpServerOptions();
        options.setTcpNoDelay(true).setAcceptBacklog(BACKLOG).setIdleTimeout(IDLE_SECONDS_MAX);
        return options.setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true);
    }

    @Override
    public Future<Endpoint> open(Loop loop, NodeId self, Receiver receiver) {
        Shared own = shared.computeIfAbsent(loop, this::share);
        HttpEndpoint endpoint =
                new HttpEndpoint(loop, self, receiver, pages.apply(self), client, own.json, () -> open.remove(self));
        // Two servers of one Vert.x would share a port and take turns.
        if (open.putIfAbsent(self, endpoint) != null) {
            return Future.failedFuture(portTaken(self, null));
        }
        own.endpoints.add(endpoint);
        return endpoint.listen(vertx.createHttpServer(serverOptions())).recover(failure -> {
            endpoint.close();
            return Future.failedFuture(explain(self, failure));
        });
    }

    private static TransportException portTaken(NodeId self, @Nullable Throwable cause) {
        return new TransportException("port " + self.port() + " is already in use", true, cause);
    }

    private Shared share(Loop loop) {
        Shared own = new Shared();
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> {
            long nowNanos = System.nanoTime();
            own.endpoints.removeIf(HttpEndpoint::isClosed);
            own.endpoints.forEach(endpoint -> endpoint.sweep(nowNanos));
        });
        return own;
    }

    private static TransportException explain(NodeId self, Throwable failure) {
        if (failure instanceof BindException) {
            String reason = String.valueOf(failure.getMessage());
            if (reason.contains("in use")) {
                return portTaken(self, failure);
            }
            if (reason.contains("assign")) {
                return new TransportException(self.host() + " is not an address of this machine", false, failure);
            }
            return new TransportException("cannot listen on " + self + ": " + reason, false, failure);
        }
        if (failure instanceof UnknownHostException) {
            return new TransportException("the host " + self.host() + " is not known", false, failure);
        }
        return new TransportException("cannot listen on " + self + ": " + failure.getMessage(), false, failure);
    }
}
