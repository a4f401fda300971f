package dev.hearsay.live.transport;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.memory.Incoming;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One node's end of the TCP transport: its listeners (a seed has two), what others connected to them, and its links to peers. */
final class TcpEndpoint implements Transport.Endpoint, LoopShares.Swept {

    /** A reader of pages that has not taken their last words in so long does not get them. */
    private static final long LAST_WORDS_NANOS_MAX = 1_000_000_000L;

    private static final int ASKERS_MAX = 1024;

    private final Loop loop;
    private final NodeId self;
    private final int seedPort;
    private final Transport.Receiver receiver;
    private final BindAddress bind;
    private final PagesDoor door;
    private final MessageJson json;
    private final long silenceNanosMax;
    private final Runnable whenClosed;
    private final PeerLinks links;
    private final List<NetServer> listeners = new ArrayList<>();
    private final Set<TcpConnection> connections = new HashSet<>();
    private final Readers limit;
    private final Promise<Void> empty = Promise.promise();
    private boolean isClosed;

    /** On which connections strangers have asked lately, the last one last: what they are answered may have to wait for the disk. */
    private final Map<NodeId, TcpConnection> askers = new LinkedHashMap<>();

    TcpEndpoint(
            TcpTransport transport,
            Loop loop,
            NodeId self,
            Transport.Receiver receiver,
            MessageJson json,
            Runnable whenClosed) {
        this.loop = loop;
        this.self = self;
        this.seedPort = transport.seedPorts.of(self);
        this.receiver = receiver;
        this.bind = transport.bind;
        this.json = json;
        this.silenceNanosMax = transport.silenceNanosMax;
        this.limit = new Readers(transport.connectionsMax);
        this.whenClosed = whenClosed;
        this.door = new PagesDoor(loop.vertx(), transport.client, transport.pages.apply(self));
        this.links = new PeerLinks(
                receiver,
                message -> json.writeLine(self, message),
                to -> new TcpLink(loop, transport.client, to, portOf(to, transport.seedPorts), receiver, json));
    }

    /** Seeds talk to each other where only seeds do. */
    private int portOf(NodeId to, TcpTransport.SeedPorts seedPorts) {
        int port = seedPort == TcpTransport.NO_SEED ? TcpTransport.NO_SEED : seedPorts.of(to);
        return port == TcpTransport.NO_SEED ? to.port() : port;
    }

    Future<Transport.Endpoint> listen() {
        Future<Void> listening = listen(bind.of(self), false);
        if (seedPort != TcpTransport.NO_SEED) {
            listening = listening.compose(ignored -> listen(bind.of(new NodeId(self.host(), seedPort)), true));
        }
        return listening.map(this);
    }

    private Future<Void> listen(NodeId address, boolean isAmongSeeds) {
        NetServerOptions options = new NetServerOptions();
        options.setTcpNoDelay(true).setAcceptBacklog(HttpTransport.BACKLOG);
        return PortBinding.bind(
                        loop,
                        address,
                        () -> loop.vertx()
                                .createNetServer(options)
                                .connectHandler(socket -> accept(socket, isAmongSeeds))
                                .exceptionHandler(broken -> {})
                                .listen(address.port(), address.host()))
                .map(listener -> {
                    listeners.add(listener);
                    return null;
                });
    }

    @Override
    public void send(NodeId to, Message message) {
        if (!isClosed) {
            TcpConnection connection = askers.get(to);
            links.send(to, message, connection == null ? null : connection::answer);
        }
    }

    @Override
    public long queued() {
        return links.queued();
    }

    @Override
    public void sweep(long nowNanos) {
        links.sweep(nowNanos);
        for (TcpConnection connection : List.copyOf(connections)) {
            connection.sweep(nowNanos, silenceNanosMax);
        }
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public Future<Void> close() {
        isClosed = true;
        links.close();
        List.copyOf(connections).forEach(TcpConnection::leave);
        Future<Void> closed = door.close();
        return emptied().compose(ignored -> giveBack(closed));
    }

    /** Completes when the last words of the pages have got through, or those that are left do not read. */
    private Future<Void> emptied() {
        if (connections.isEmpty()) {
            return Future.succeededFuture();
        }
        loop.after(LAST_WORDS_NANOS_MAX, empty::tryComplete);
        return empty.future();
    }

    private Future<Void> giveBack(Future<Void> doorClosed) {
        List.copyOf(connections).forEach(TcpConnection::abort);
        List<Future<Void>> closing = new ArrayList<>(List.of(doorClosed));
        listeners.forEach(listener -> closing.add(listener.shutdown(0, TimeUnit.SECONDS)));
        listeners.clear();
        // Whoever waits for this may open the same ports at once, so it must not be told before they are given back.
        return Future.join(closing).andThen(ignored -> whenClosed.run()).mapEmpty();
    }

    // --- What its connections ask for --------------------------------------------------------------------------------

    private void accept(NetSocket socket, boolean isAmongSeeds) {
        if (isClosed) {
            socket.close();
        } else {
            TcpConnection connection = new TcpConnection(socket, this, isAmongSeeds);
            connections.add(connection);
            limit.add(connection.host(), connection);
        }
    }

    void forget(TcpConnection connection) {
        connections.remove(connection);
        limit.remove(connection);
        if (isClosed && connections.isEmpty()) {
            empty.tryComplete();
        }
    }

    /** Counts the bytes of a line that has not come to its end, until it must be given up. */
    Incoming.Reading reading(Runnable crowded) {
        return Incoming.ofProcess().begin(() -> loop.execute(crowded));
    }

    NodeId self() {
        return self;
    }

    PagesDoor door() {
        return door;
    }

    MessageJson.Line read(byte[] line, boolean isAmongSeeds) throws WireException {
        MessageJson.Line read = json.readLine(line);
        String type = isAmongSeeds ? "" : typeBetweenSeeds(read.message());
        if (type.isEmpty()) {
            return read;
        }
        throw new WireException(
                seedPort == TcpTransport.NO_SEED
                        ? type + " is for seeds, and " + self + " is a peer"
                        : type + " belongs on the seeds' port " + seedPort);
    }

    /** The name of a message that only seeds send, and only to seeds; empty for others. */
    private static String typeBetweenSeeds(Message message) {
        if (message instanceof VotingProtocol.ProposeRegister) {
            return "PROPOSE_REGISTER";
        }
        if (message instanceof VotingProtocol.ProposeRemove) {
            return "PROPOSE_REMOVE";
        }
        if (message instanceof VotingProtocol.Vote) {
            return "VOTE";
        }
        return message instanceof PeerListProtocol.Sync ? "SYNC" : "";
    }

    boolean received(NodeId from, List<Message> messages, TcpConnection connection) {
        if (!receiver.knows(from)) {
            askers.remove(from);
            askers.put(from, connection);
            if (askers.size() > ASKERS_MAX) {
                askers.remove(askers.keySet().iterator().next());
            }
        }
        boolean isTaken = receiver.received(from, messages);
        if (isTaken && !isClosed) {
            links.isUp(from);
        }
        return isTaken;
    }

    Traffic traffic() {
        return receiver.traffic();
    }

    void complain(String reason) {
        receiver.refused(reason);
    }
}
