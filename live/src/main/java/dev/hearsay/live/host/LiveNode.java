package dev.hearsay.live.host;

import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.api.NodeView;
import dev.hearsay.live.fault.FaultApi;
import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.log.RateLimit;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.metrics.NodeMetrics;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.node.EventRing;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.NodeListener;
import dev.hearsay.live.node.PublishException;
import dev.hearsay.live.transport.Traffic;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node of a host, through all its lives. */
final class LiveNode implements HostedNode, NodeView, NodeListener {

    private static final Logger LOG = LoggerFactory.getLogger(LiveNode.class);

    private final Host host;
    private final HostOptions.Member member;
    private final Loop loop;
    private final EventRing ring;
    private final Convergence.@Nullable Feed feed;
    private final @Nullable NodeMetrics metrics;
    private final Traffic traffic;
    private final RateLimit listenerFailures = RateLimit.strict();
    private final EventLogger eventLog;
    private final List<Consumer<Delivery>> deliveryListeners = new CopyOnWriteArrayList<>();
    private final List<EventListener> eventListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable NodeDriver driver;
    private int lives;

    LiveNode(Host host, HostOptions.Member member, Loop loop, EventRing ring, Convergence.@Nullable Feed feed) {
        this.host = host;
        this.member = member;
        this.loop = loop;
        this.ring = ring;
        this.eventLog = new EventLogger(member.address());
        this.feed = feed;
        this.metrics = host.options().isMeasured()
                ? new NodeMetrics(member.node().isSeed(), host.options().memory())
                : null;
        this.traffic = metrics == null ? new Traffic() : metrics.traffic();
    }

    @Override
    public NodeName name() {
        return member.node();
    }

    @Override
    public NodeId address() {
        return member.address();
    }

    HostOptions.Member member() {
        return member;
    }

    Loop loop() {
        return loop;
    }

    EventRing ring() {
        return ring;
    }

    /** The number of the life that begins now, from 1. */
    int nextLife() {
        return ++lives;
    }

    void drivenBy(@Nullable NodeDriver newDriver) {
        driver = newDriver;
    }

    @Override
    public @Nullable NodeDriver driver() {
        return driver;
    }

    @Override
    public String topology() {
        return host.topology();
    }

    @Override
    public int payloadBytesMax() {
        return host.payloadBytesMax();
    }

    @Override
    public @Nullable BearerToken faultToken() {
        return host.faultToken();
    }

    @Override
    public FaultApi faults() {
        return host.faultApi();
    }

    @Override
    public boolean takesVersions() {
        return host.options().serving().takesVersions();
    }

    @Override
    public @Nullable NodeMetrics metrics() {
        return metrics;
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public boolean isRunning() {
        return driver != null;
    }

    @Override
    public boolean isReady() {
        NodeDriver current = driver;
        return current != null && current.isReady();
    }

    @Override
    public CompletionStage<RumorId> publish(byte[] payload, int relays) {
        return asked(driver -> driver.commands().publish(payload, relays).map(RumorProtocol.Published::id));
    }

    @Override
    public CompletionStage<Stamp> put(String key, byte[] value) {
        return asked(driver -> driver.commands().put(key, value));
    }

    @Override
    public CompletionStage<Stamp> delete(String key) {
        return asked(driver -> driver.commands().delete(key));
    }

    @Override
    public CompletionStage<Optional<Entry>> get(String key) {
        return asked(driver -> loop.call(() -> driver.machine() instanceof Node gossiping
                        ? Optional.ofNullable(gossiping.state().find(key)).stream()
                                .toList()
                        : List.<Entry>of())
                .compose(found -> loop.call(() -> driver.fetch(found)).compose(fetching -> fetching))
                .map(found -> found.stream().findFirst()));
    }

    private <T> CompletionStage<T> asked(Function<NodeDriver, Future<T>> question) {
        NodeDriver current = driver;
        Future<T> answer = current == null
                ? Future.failedFuture(new PublishException(
                        PublishException.Code.STOPPED, Host.called(member.node()) + " does not run"))
                : question.apply(current);
        return answer.toCompletionStage();
    }

    @Override
    public void onDelivered(Consumer<Delivery> listener) {
        deliveryListeners.add(listener);
    }

    @Override
    public void onEvent(EventListener listener) {
        eventListeners.add(listener);
    }

    @Override
    public void start() throws HostException {
        host.start(this);
    }

    @Override
    public void stop() throws HostException {
        host.stop(this, true);
    }

    @Override
    public void kill() throws HostException {
        host.stop(this, false);
    }

    @Override
    public void close() {
        try {
            host.stop(this, true);
        } catch (HostException e) {
            // It had stopped already.
        }
    }

    // --- What the driver tells, on the loop --------------------------------------------------------------------------

    @Override
    public void onEvent(long atMicros, Event event) {
        if (feed != null) {
            feed.add(atMicros, member.address(), event);
        }
        if (metrics != null) {
            metrics.onEvent(atMicros, event);
        }
        eventLog.write(event);
        host.log(atMicros, this, event);
        for (EventListener listener : eventListeners) {
            guarded(() -> listener.onEvent(atMicros, event));
        }
    }

    @Override
    public void onRefused() {
        if (metrics != null) {
            metrics.onRefused();
        }
    }

    @Override
    public void onStepFailed() {
        if (metrics != null) {
            metrics.onStepFailed();
        }
    }

    @Override
    public void onDelivered(RumorLog.Entry entry) {
        if (metrics != null) {
            metrics.onDelivered(entry);
        }
        if (!deliveryListeners.isEmpty()) {
            var rumor = entry.carried().rumor();
            Delivery delivery = new Delivery(
                    rumor.id(),
                    rumor.origin().node(),
                    rumor.payload(),
                    entry.carried().hops(),
                    entry.receivedMicros());
            for (Consumer<Delivery> listener : deliveryListeners) {
                guarded(() -> listener.accept(delivery));
            }
        }
    }

    /** Calls somebody else's code: what it throws must stop neither the node nor whoever else listens. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            if (metrics != null) {
                metrics.onListenerFailed();
            }
            listenerFailures
                    .next(System.nanoTime(), "A listener of " + Host.called(member.node()) + " failed")
                    .ifPresent(words -> LOG.warn(words, e));
        }
    }
}
