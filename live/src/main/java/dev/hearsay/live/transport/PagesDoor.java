package dev.hearsay.live.transport;

import dev.hearsay.live.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to a node's pages from a port that is not an HTTP server's: a server on loopback, opened when the first request
 * comes, to which the bytes are passed on. Vert.x has no way to hand an accepted connection to its HTTP server.
 */
final class PagesDoor {

    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final NetClient client;
    private final Pages pages;
    /** Where the connections come from that are passed on, by the port from which they are. */
    private final Map<Integer, String> hosts = new HashMap<>();

    private @Nullable Future<HttpServer> server;

    PagesDoor(Vertx vertx, NetClient client, Pages pages) {
        this.vertx = vertx;
        this.client = client;
        this.pages = pages;
    }

    /**
     * A new connection to the pages.
     *
     * @param host where what will be passed on comes from
     */
    Future<NetSocket> connect(String host) {
        Future<HttpServer> open = server;
        if (open == null || open.failed()) {
            open = vertx.createHttpServer(HttpTransport.serverOptions())
                    .requestHandler(this::handle)
                    .invalidRequestHandler(HttpEndpoint::refuse)
                    .exceptionHandler(broken -> {})
                    .listen(0, LOOPBACK);
            server = open;
        }
        return open.compose(listening -> client.connect(listening.actualPort(), LOOPBACK))
                .map(connection -> {
                    hosts.put(connection.localAddress().port(), host);
                    return connection;
                });
    }

    private void handle(HttpServerRequest request) {
        if (HttpEndpoint.isBatch(request)) {
            Problem refusal = new Problem(
                    415,
                    "Unsupported media type",
                    "The nodes of this network send each other JSON lines, not batches over HTTP.",
                    "Write one message per line to this same port; see docs/wire-json.md.");
            refusal.answer(request.response());
        } else {
            pages.handle(request, hosts.getOrDefault(request.remoteAddress().port(), LOOPBACK));
        }
    }

    /** The connection from that port has ended. */
    void forget(int port) {
        hosts.remove(port);
    }

    Future<Void> close() {
        Future<HttpServer> open = server;
        if (open == null) {
            return Future.succeededFuture();
        }
        return open.compose(listening -> listening.shutdown(0, TimeUnit.SECONDS));
    }
}
