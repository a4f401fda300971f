package dev.hearsay.live.metrics;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.WallClock;
import dev.hearsay.live.transport.Traffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What one node has counted in all its lives in this process. It hears events on the node's loop; each costs an addition, as
 * every counter is held in a field. No label has values that grow with nodes or messages.
 */
public final class NodeMetrics {

    /** The format of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Retention keeps a rumor for a day. Whatever seems to have been longer under way tells of a wrong clock, or of an absence, not of spreading. */
    private static final long DELAY_MICROS_MAX = 86_400_000_000L;

    private static final Duration[] DELAYS = millis(0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000);
    private static final Duration[] DETECTIONS = millis(500, 1_000, 2_000, 4_000, 6_000, 8_000, 12_000, 20_000, 60_000);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Traffic traffic = new Traffic();
    private final WallClock clock = new WallClock();
    private final Detections detections = new Detections();
    private final OpenVersions commits = new OpenVersions();
    private volatile Reading reading = Reading.NONE;

    private final Counter published = counter("messages.published", "Messages that this node was given to spread.");
    private final Counter eager = delivered("eager");
    private final Counter antiEntropy = delivered("anti_entropy");
    private final Counter duplicates = counter("messages.duplicate", "Copies of messages that this node had already.");
    private final Counter overflowed = dropped("overflow");
    private final Counter refused = dropped("refused");
    private final Counter forgotten =
            counter("messages.forgotten", "Messages whose payload was let go of, for age or number.");
    private final Counter ownLost =
            counter("messages.own_lost", "Messages of its own that this node had lost and other nodes knew.");
    private final Counter ownKeysLost =
            counter("state.entries.own_lost", "Keys of its own writing that this node had lost and other nodes knew.");
    private final Counter suspicions =
            counter("suspicions", "Neighbours that this node began to suspect of being dead.");
    private final Counter stepsFailed =
            counter("steps.failed", "Inputs on which this node failed, and of which nothing was done.");
    private final Counter listenersFailed =
            counter("listeners.failed", "Calls that whoever listens to this node has answered with an exception.");
    private final Counter yes = votes("yes");
    private final Counter no = votes("no");
    private final Timer delivery = histogram(
            "delivery.delay",
            "From the publication of a message to its arrival here, by the clocks of both nodes.",
            DELAYS);
    private final Timer coverage = histogram(
            "coverage.delay", "From the publication of a message here to its arrival at the last live node.", DELAYS);
    private final Timer commit = histogram(
            "commit.delay",
            "From the arrival of a version here until this node knows that every member has it.",
            DELAYS);
    private final Timer givenUp = detection("given_up");
    private final Timer removed = detection("removed");

    /**
     * Nothing counted yet.
     *
     * @param isSeed whether the node is a seed, which alone knows how many seeds it reaches
     * @param memory that of the process
     */
    public NodeMetrics(boolean isSeed, MemoryBudget memory) {
        gauge("queue.messages", "Messages on their way to other nodes.", Reading::queued);
        gauge("neighbours", "Nodes that this node is linked to.", Reading::neighbours);
        gauge("members", "Members of the network as this node knows them.", Reading::members);
        gauge("messages.held", "Messages whose payload this node holds.", Reading::messages);
        gauge("state.keys", "Keys of the key/value state.", Reading::keys);
        gauge(
                "committed.version",
                "The highest version that this node knows every member to have.",
                Reading::committedVersion);
        gauge("uptime.seconds", "Time since this node started.", Reading::uptimeSeconds);
        total(
                "state.entries.ahead",
                "Entries of others that were not taken, for the clock of their writer is too far ahead.",
                Reading::entriesAhead);
        total("sent.bytes", "Bytes sent to other nodes over sockets.", Reading::sentBytes);
        total("received.bytes", "Bytes received from other nodes over sockets.", Reading::receivedBytes);
        if (isSeed) {
            gauge("seeds.reachable", "Seeds that this seed reaches, itself included.", Reading::reachableSeeds);
            gauge("seeds.quorum", "Seeds that must agree on a change of membership.", Reading::quorum);
        }
        memory("payloads", memory.payloads());
        memory("overhead", memory.overhead());
        memory("queues", memory.queues());
        memory("incoming", memory.incoming());
        Gauge.builder("gossip.build.info", () -> 1)
                .description("What runs here; the value is always 1.")
                .tag("version", version())
                .tag("java", Runtime.version().toString())
                .strongReference(true)
                .register(registry);
    }

    private void memory(String share, MemoryBudget.Account account) {
        Gauge.builder("gossip.memory.used.bytes", account, MemoryBudget.Account::used)
                .description("What is kept in memory by all nodes of this process.")
                .tag("share", share)
                .strongReference(true)
                .register(registry);
        Gauge.builder("gossip.memory.max.bytes", account, MemoryBudget.Account::max)
                .description("How much of it may be kept.")
                .tag("share", share)
                .strongReference(true)
                .register(registry);
    }

    private static String version() {
        String version = NodeMetrics.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    // --- What is counted, on the node's loop -------------------------------------------------------------------------

    /** Where the node's transport counts its bytes. */
    public Traffic traffic() {
        return traffic;
    }

    /** The node has told something. */
    public void onEvent(long atMicros, Event event) {
        if (event instanceof RumorProtocol.Events rumor) {
            onRumor(rumor);
        } else if (event instanceof HeartbeatProtocol.Events heartbeat) {
            onHeartbeat(atMicros, heartbeat);
        } else if (event instanceof VotingProtocol.Proposed told) {
            (told.ownVote() ? yes : no).increment();
        } else if (event instanceof VotingProtocol.Voted told) {
            (told.yes() ? yes : no).increment();
        } else if (event instanceof CommitProtocol.Committed told) {
            commits.committed(told.versions(), atMicros, delay -> observe(commit, delay));
        } else if (event instanceof LinkProtocol.LinkUp told) {
            detections.cleared(told.neighbour());
        } else if (event instanceof MembershipProtocol.MemberRemoved told) {
            observe(removed, detections.endedMicros(told.member(), atMicros));
        } else if (event instanceof Lifecycle.Overflowed told) {
            overflowed.increment((double) told.messages());
        } else if (event instanceof AntiEntropyProtocol.OwnLost told) {
            ownLost.increment((double) told.messages());
            ownKeysLost.increment((double) told.keys());
        }
    }

    private void onRumor(RumorProtocol.Events event) {
        switch (event) {
            case RumorProtocol.Published _ -> published.increment();
            case RumorProtocol.Delivered told ->
                (told.way() == RumorProtocol.Way.EAGER ? eager : antiEntropy).increment();
            case RumorProtocol.Duplicate _ -> duplicates.increment();
            case RumorProtocol.Relayed _ -> {}
            case RumorProtocol.Forgotten told -> forgotten.increment(told.rumors());
            case RumorProtocol.Converged told -> observe(coverage, told.micros());
        }
    }

    private void onHeartbeat(long atMicros, HeartbeatProtocol.Events event) {
        switch (event) {
            case HeartbeatProtocol.Suspected told -> {
                suspicions.increment();
                detections.suspected(told.neighbour(), atMicros);
            }
            case HeartbeatProtocol.Cleared _, HeartbeatProtocol.Reappeared _ -> detections.cleared(event.neighbour());
            case HeartbeatProtocol.Silent told -> observe(givenUp, detections.sinceMicros(told.neighbour(), atMicros));
        }
    }

    /** The node has refused something; of many that come at once not each is told. */
    public void onRefused() {
        refused.increment();
    }

    /** The node has failed on an input. */
    public void onStepFailed() {
        stepsFailed.increment();
    }

    /** Somebody who listens to the node has failed. */
    public void onListenerFailed() {
        listenersFailed.increment();
    }

    /** A rumor has come from another node, whose clock may be ahead of the one here. */
    public void onDelivered(RumorLog.Entry entry) {
        delivered(entry.rumor().createdMicros(), entry.receivedMicros());
        if (entry.rumor().isVersion()) {
            commits.received(entry.rumor().sequence(), entry.receivedMicros());
        }
    }

    void delivered(long createdMicros, long receivedMicros) {
        observe(delivery, Math.max(0, receivedMicros - createdMicros));
    }

    private static void observe(Timer histogram, long micros) {
        if (micros >= 0 && micros <= DELAY_MICROS_MAX) {
            histogram.record(micros, TimeUnit.MICROSECONDS);
        }
    }

    // --- What is asked for -------------------------------------------------------------------------------------------

    /**
     * Everything, in Prometheus' text format. Must be called on the node's loop, which only reads what the gauges need; the
     * text is written on another thread.
     */
    public Future<String> scrape(NodeDriver driver) {
        reading = Reading.of(driver, traffic, clock.micros());
        return driver.loop().vertx().executeBlocking(this::text, false).map(text -> Objects.requireNonNull(text));
    }

    String text() {
        return registry.scrape();
    }

    // --- How the meters are made -------------------------------------------------------------------------------------

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder("gossip." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Counter delivered(String way) {
        return counter("messages.delivered", "Messages that were new to this node, by the way they came.", "way", way);
    }

    private Counter dropped(String reason) {
        return counter("messages.dropped", "Messages that were not sent or not taken, and why.", "reason", reason);
    }

    private Counter votes(String vote) {
        return counter("votes", "Votes that this seed has cast on changes of membership.", "vote", vote);
    }

    private Timer detection(String end) {
        return histogram(
                "detection",
                "From the first suspicion of a neighbour until it was given up or removed.",
                DETECTIONS,
                "end",
                end);
    }

    private Timer histogram(String name, String description, Duration[] bounds, String... tags) {
        return Timer.builder("gossip." + name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<Reading> value) {
        Gauge.builder("gossip." + name, this, metrics -> value.applyAsDouble(metrics.reading))
                .description(description)
                .register(registry);
    }

    private void total(String name, String description, ToDoubleFunction<Reading> value) {
        FunctionCounter.builder("gossip." + name, this, metrics -> value.applyAsDouble(metrics.reading))
                .description(description)
                .register(registry);
    }

    private static Duration[] millis(double... bounds) {
        return Arrays.stream(bounds)
                .mapToObj(bound -> Duration.ofNanos((long) (bound * 1e6)))
                .toArray(Duration[]::new);
    }
}
