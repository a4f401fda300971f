package dev.hearsay.live.transport;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries messages between the nodes of one process straight from loop to loop; what goes elsewhere is left to another transport, and strangers
 * reach each node by that one too. A process of a thousand peers would need more sockets than most systems give it.
 */
public final class DirectTransport implements Transport {

    /** A node that has so many messages before it is given no more: it would only fall further behind. */
    private static final int WAITING_MAX = 65_536;

    private static final long RETRY_NANOS = 50_000_000L;
    private static final int RETRIES_MAX = 300;

    private final Transport others;
    private final int retriesMax;
    private final Map<NodeId, DirectEndpoint> here = new ConcurrentHashMap<>();

    /** A transport that leaves to the other one what is not for nodes of this process. */
    public DirectTransport(Transport others) {
        this(others, RETRIES_MAX);
    }

    /** The same with another limit to how often something is offered to a node that does not take it. */
    DirectTransport(Transport others, int retriesMax) {
        this.others = others;
        this.retriesMax = retriesMax;
    }

    @Override
    public Future<Endpoint> open(Loop loop, NodeId self, Receiver receiver) {
        return others.open(loop, self, receiver).map(outside -> {
            DirectEndpoint endpoint = new DirectEndpoint(loop, self, receiver, outside);
            here.put(self, endpoint);
            return endpoint;
        });
    }

    private final class DirectEndpoint implements Endpoint {
        private final Loop loop;
        private final NodeId self;
        private final Receiver receiver;
        private final Endpoint outside;
        private final AtomicInteger waiting = new AtomicInteger();
        private final Set<NodeId> linked = ConcurrentHashMap.newKeySet();
        private final Runnable handOver = this::handOver;
        private Map<DirectEndpoint, List<Message>> gathered = new LinkedHashMap<>();
        private boolean isClosed;

        DirectEndpoint(Loop loop, NodeId self, Receiver receiver, Endpoint outside) {
            this.loop = loop;
            this.self = self;
            this.receiver = receiver;
            this.outside = outside;
        }

        @Override
        public void send(NodeId to, Message message) {
            DirectEndpoint peer = isClosed ? null : here.get(to);
            if (peer == null) {
                linked.remove(to);
                outside.send(to, message);
                return;
            }
            if (gathered.isEmpty()) {
                loop.atTurnEnd(handOver);
            }
            gathered.computeIfAbsent(peer, p -> new ArrayList<>()).add(message);
        }

        private void handOver() {
            Map<DirectEndpoint, List<Message>> all = gathered;
            gathered = new LinkedHashMap<>();
            all.forEach((peer, messages) -> {
                if (peer.waiting.addAndGet(messages.size()) > WAITING_MAX) {
                    peer.waiting.addAndGet(-messages.size());
                    receiver.overflowed(peer.self, messages.size());
                } else {
                    peer.loop.execute(() -> peer.take(this, messages, retriesMax));
                }
            });
        }

        /** Runs on the loop of the one who receives. */
        private void take(DirectEndpoint from, List<Message> messages, int retries) {
            boolean isTaken = !isClosed && receiver.received(from.self, messages);
            if (!isTaken && !isClosed && retries > 0) {
                // It is starting, or stands still.
                loop.after(RETRY_NANOS, () -> take(from, messages, retries - 1));
                return;
            }
            waiting.addAndGet(-messages.size());
            if (!isTaken) {
                from.loop.execute(() -> from.isGivenUp(this, messages.size()));
            } else if (!from.linked.contains(self)) {
                from.loop.execute(() -> from.isTaken(this));
            }
        }

        private void isGivenUp(DirectEndpoint by, int messages) {
            linked.remove(by.self);
            if (!isClosed) {
                receiver.overflowed(by.self, messages);
            }
        }

        private void isTaken(DirectEndpoint by) {
            if (!isClosed && linked.add(by.self)) {
                receiver.linked(by.self);
            }
        }

        @Override
        public long queued() {
            return outside.queued();
        }

        @Override
        public Future<Void> close() {
            isClosed = true;
            here.remove(self, this);
            gathered.clear();
            return outside.close();
        }
    }
}
