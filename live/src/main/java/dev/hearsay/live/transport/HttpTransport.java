package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Messages as batches of JSON in {@code PUT /gossip} requests. Each node has one HTTP server, which serves its pages for people
 * as well.
 */
public final class HttpTransport implements Transport {

    static final int CONNECT_MILLIS_MAX = 3000;
    private static final int IDLE_SECONDS_MAX = 60;
    static final int BACKLOG = 1024;

    /** Far more than the longest key takes, so that one who asks for a longer one hears what is wrong with it. */
    static final int REQUEST_LINE_BYTES_MAX = 64 << 10;

    private final NetClient client;
    private final Function<NodeId, Pages> pages;
    private final BindAddress bind;
    private final int connectionsMax;
    private final LoopShares shares = new LoopShares();
    private final Map<NodeId, HttpEndpoint> open = new ConcurrentHashMap<>();

    /** A transport whose nodes answer other requests with the pages made for each. */
    public HttpTransport(Vertx vertx, Function<NodeId, Pages> pages) {
        this(vertx, BindAddress.OWN, pages);
    }

    /** The same with nodes that may listen elsewhere than others reach them. */
    public HttpTransport(Vertx vertx, BindAddress bind, Function<NodeId, Pages> pages) {
        this(vertx, bind, pages, TcpTransport.CONNECTIONS_MAX);
    }

    /** The same with another limit to how many connections others may make to a node. */
    HttpTransport(Vertx vertx, BindAddress bind, Function<NodeId, Pages> pages, int connectionsMax) {
        this.bind = bind;
        this.connectionsMax = connectionsMax;
        this.pages = pages;
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX).setTcpNoDelay(true));
    }

    static HttpServerOptions serverOptions() {
        HttpServerOptions options = new HttpServerOptions();
        options.setTcpNoDelay(true).setAcceptBacklog(BACKLOG).setIdleTimeout(IDLE_SECONDS_MAX);
        options.setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX);
        return options.setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true);
    }

    @Override
    public Future<Endpoint> open(Loop loop, NodeId self, Receiver receiver) {
        LoopShares.Share own = shares.of(loop);
        HttpEndpoint endpoint = new HttpEndpoint(
                loop,
                self,
                receiver,
                pages.apply(self),
                client,
                own.json,
                new HttpConnections(connectionsMax),
                () -> open.remove(self));
        // Two servers of one Vert.x would share a port and take turns.
        if (open.putIfAbsent(self, endpoint) != null) {
            return Future.failedFuture(TransportException.portTaken(self.port(), null));
        }
        own.add(endpoint);
        return endpoint.listen(loop, bind.of(self))
                .recover(failure -> endpoint.close().transform(ignored -> Future.failedFuture(failure)));
    }
}
