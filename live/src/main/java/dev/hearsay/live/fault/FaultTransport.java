package dev.hearsay.live.fault;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.transport.Transport;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loses, repeats, delays and cuts off messages where they are sent, and leaves the rest to another transport. Without a fault in
 * force it costs a look at a field. What was sent before a fault began is past it.
 */
public final class FaultTransport implements Transport {

    private final Transport others;
    private final Map<NodeId, FaultEndpoint> open = new ConcurrentHashMap<>();
    private volatile List<FaultOrder> inForce = List.of();

    /** A transport without faults. */
    public FaultTransport(Transport others) {
        this.others = others;
    }

    /** Sets the faults that are in force, in place of those that were. Completes when every sender has heard of it. */
    public Future<Void> apply(List<FaultOrder> orders) {
        inForce = List.copyOf(orders);
        List<Future<Void>> heard = new ArrayList<>();
        for (FaultEndpoint endpoint : open.values()) {
            heard.add(endpoint.loop.call(() -> {
                endpoint.refresh();
                return null;
            }));
        }
        return Future.all(heard).mapEmpty();
    }

    @Override
    public Future<Endpoint> open(Loop loop, NodeId self, Receiver receiver) {
        return others.open(loop, self, receiver).map(inside -> {
            FaultEndpoint endpoint = new FaultEndpoint(loop, self, receiver, inside);
            // In this order: what is applied meanwhile is seen here, or finds the endpoint.
            open.put(self, endpoint);
            endpoint.refresh();
            return endpoint;
        });
    }

    /** A fault as one sender applies it: its luck is its own, so that a random seed decides whatever the others send. */
    private record Rule(FaultOrder order, Random64 random) {}

    private final class FaultEndpoint implements Endpoint {
        private final Loop loop;
        private final NodeId self;
        private final Endpoint inside;
        private final Receiver receiver;
        private List<Rule> rules = List.of();
        private @Nullable Holdback holdback;

        FaultEndpoint(Loop loop, NodeId self, Receiver receiver, Endpoint inside) {
            this.loop = loop;
            this.self = self;
            this.receiver = receiver;
            this.inside = inside;
        }

        void refresh() {
            List<Rule> next = new ArrayList<>();
            for (FaultOrder order : inForce) {
                if (order.fault().touches(self)) {
                    next.add(rule(order));
                }
            }
            rules = next;
            if (holdback != null) {
                holdback.release(to -> rules.stream()
                        .noneMatch(
                                rule -> rule.order.fault() instanceof LiveFault.Delay delay && delay.hits(self, to)));
            }
        }

        @SuppressWarnings("ReferenceEquality") // that very order, not another one with its id
        private Rule rule(FaultOrder order) {
            for (Rule rule : rules) {
                if (rule.order == order) {
                    return rule;
                }
            }
            return new Rule(order, new Random64(order.randomSeed()).split(self.hashCode()));
        }

        @Override
        public void send(NodeId to, Message message) {
            if (rules.isEmpty()) {
                inside.send(to, message);
            } else {
                sendThrough(to, message);
            }
        }

        private void sendThrough(NodeId to, Message message) {
            int copies = 1;
            for (Rule rule : rules) {
                if (rule.order.fault().hits(self, to)) {
                    switch (rule.order.fault()) {
                        case LiveFault.Cut f -> copies = 0;
                        case LiveFault.Partition f -> copies = 0;
                        case LiveFault.Loss(TrafficSelector traffic, double share) ->
                            copies = rule.random.nextDouble() < share ? 0 : copies;
                        case LiveFault.Duplicate(TrafficSelector traffic, double share) ->
                            copies += rule.random.nextDouble() < share && copies > 0 ? 1 : 0;
                        case LiveFault.Delay f -> {}
                        case LiveFault.Pause f -> {}
                        case LiveFault.Kill f -> {}
                    }
                }
            }
            for (int copy = 0; copy < copies; copy++) {
                sendLate(to, message);
            }
        }

        private void sendLate(NodeId to, Message message) {
            long delayNanos = 0;
            boolean varies = false;
            for (Rule rule : rules) {
                if (rule.order.fault() instanceof LiveFault.Delay delay && delay.hits(self, to)) {
                    delayNanos += delay.leastNanos() + rule.random.nextLong(delay.mostNanos() - delay.leastNanos() + 1);
                    varies |= delay.mostNanos() > delay.leastNanos();
                }
            }
            if (delayNanos == 0) {
                inside.send(to, message);
                return;
            }
            if (holdback == null) {
                holdback = new Holdback(loop, inside::send, receiver::overflowed);
            }
            holdback.add(to, message, delayNanos, varies);
        }

        @Override
        public long queued() {
            return inside.queued() + (holdback == null ? 0 : holdback.size());
        }

        @Override
        public Future<Void> close() {
            open.remove(self, this);
            rules = List.of();
            if (holdback != null) {
                holdback.clear();
            }
            return inside.close();
        }
    }
}
