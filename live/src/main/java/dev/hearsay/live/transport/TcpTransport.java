package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Messages as lines of JSON over TCP, as docs/wire-json.md says. The port of a node answers HTTP as well, with its pages. A
 * seed has a second port, where other seeds send what is between seeds.
 */
public final class TcpTransport implements Transport {

    /** The seed port of a node that is no seed. */
    public static final int NO_SEED = 0;

    /** Who is a seed, and where it listens for other seeds. */
    @FunctionalInterface
    public interface SeedPorts {

        /** The port where this seed listens for seeds, or {@link #NO_SEED}. */
        int of(NodeId node);
    }

    /** Longer than anybody types, and than a link without messages is kept. */
    static final long SILENCE_NANOS_MAX = 60_000_000_000L;

    /** Of others to one node, pages included. */
    static final int CONNECTIONS_MAX = 4096;

    final NetClient client;
    final SeedPorts seedPorts;
    final BindAddress bind;
    final Function<NodeId, Pages> pages;
    final long silenceNanosMax;
    final int connectionsMax;
    private final LoopShares shares = new LoopShares();
    private final Set<NodeId> open = ConcurrentHashMap.newKeySet();

    /** A transport whose nodes answer HTTP with the pages made for each. */
    public TcpTransport(Vertx vertx, SeedPorts seedPorts, Function<NodeId, Pages> pages) {
        this(vertx, seedPorts, BindAddress.OWN, pages);
    }

    /** The same with nodes that may listen elsewhere than others reach them. */
    public TcpTransport(Vertx vertx, SeedPorts seedPorts, BindAddress bind, Function<NodeId, Pages> pages) {
        this(vertx, seedPorts, bind, pages, SILENCE_NANOS_MAX, CONNECTIONS_MAX);
    }

    /** The same with other limits to how long a connection may bring no whole message, and to how many connections others may make to a node. */
    TcpTransport(
            Vertx vertx,
            SeedPorts seedPorts,
            BindAddress bind,
            Function<NodeId, Pages> pages,
            long silenceNanosMax,
            int connectionsMax) {
        this.seedPorts = seedPorts;
        this.bind = bind;
        this.pages = pages;
        this.silenceNanosMax = silenceNanosMax;
        this.connectionsMax = connectionsMax;
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout(HttpTransport.CONNECT_MILLIS_MAX)
                .setTcpNoDelay(true));
    }

    @Override
    public Future<Endpoint> open(Loop loop, NodeId self, Receiver receiver) {
        int seedPort = seedPorts.of(self);
        // Two listeners of one Vert.x would share a port and take turns.
        if (!open.add(self)) {
            return Future.failedFuture(TransportException.portTaken(self.port(), null));
        }
        NodeId amongSeeds = new NodeId(self.host(), seedPort);
        if (seedPort != NO_SEED && !open.add(amongSeeds)) {
            open.remove(self);
            return Future.failedFuture(TransportException.portTaken(seedPort, null));
        }
        LoopShares.Share own = shares.of(loop);
        TcpEndpoint endpoint = new TcpEndpoint(this, loop, self, receiver, own.json, () -> {
            open.remove(self);
            if (seedPort != NO_SEED) {
                open.remove(amongSeeds);
            }
        });
        own.add(endpoint);
        return endpoint.listen()
                .recover(failure -> endpoint.close().transform(ignored -> Future.failedFuture(failure)));
    }
}
