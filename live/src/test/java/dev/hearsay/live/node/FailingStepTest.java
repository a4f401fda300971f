package dev.hearsay.live.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Command;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Machine;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Ports;
import dev.hearsay.live.api.NodeApi;
import dev.hearsay.live.api.NodeView;
import dev.hearsay.live.fault.FaultApi;
import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.memory.Payloads;
import dev.hearsay.live.metrics.NodeMetrics;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.recording.Beginning;
import dev.hearsay.live.recording.Recorder;
import dev.hearsay.live.store.InMemoryStore;
import dev.hearsay.live.transport.HttpTransport;
import dev.hearsay.live.transport.Traffic;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node with a fault in it: it fails, in the midst of a step, on what is called bad. */
class FailingStepTest implements NodeView, NodeListener {

    private static final int BAD_PING = 13;

    private final NodeId self = Ports.free();
    private final Queue<Event> told = new ConcurrentLinkedQueue<>();
    private final NodeMetrics metrics = new NodeMetrics(false, new MemoryBudget(1 << 20));
    private final AtomicInteger rounds = new AtomicInteger();
    private final Loops loops = Loops.start(1);
    private NodeDriver driver;

    /** Wants everything that a node can want, and then fails if it is to. */
    private final class Faulty implements Machine {
        private final Machine machine;

        Faulty(Machine machine) {
            this.machine = machine;
        }

        @Override
        public NodeId self() {
            return self;
        }

        @Override
        public void step(long nowNanos, Input input, Effects effects) {
            if (!isBad(input)) {
                machine.step(nowNanos, input, effects);
            }
            if (input instanceof Input.Started) {
                effects.after(1, new GeneratorProtocol.Generate(1));
            }
            if (input instanceof Input.Fired(GeneratorProtocol.Generate generate) && rounds.incrementAndGet() == 1) {
                throw new IllegalStateException("a bad timer");
            }
            if (isBad(input)) {
                effects.tell(new Lifecycle.Departed());
                effects.send(self, new HeartbeatProtocol.Ping(99));
                effects.save(new StateProtocol.Dropped("bad"));
                throw new IllegalStateException("a bad input");
            }
        }

        private boolean isBad(Input input) {
            return switch (input) {
                case Input.Received(NodeId from, HeartbeatProtocol.Ping(long number)) -> number == BAD_PING;
                case Input.Asked(Command.Publish publish) -> new String(publish.payload(), UTF_8).equals("bad");
                case Input.Asked(Command.Put put) -> put.key().equals("bad");
                case Input.Asked(Command.MarkRead read) -> true;
                case Input.Asked(Command.PublishVersion version) -> true;
                default -> false;
            };
        }
    }

    @BeforeEach
    void start() {
        NodeSpec spec = NodeSpec.of(new SpreadSpec.Flood());
        NodeSetup setup = new NodeSetup(
                1,
                self,
                new MachineSpec.Gossiping(spec, List.of(self), List.of()),
                loops.of(0),
                new HttpTransport(loops.vertx(), address -> new NodeApi(this)),
                new InMemoryStore(),
                new WallClock(),
                null,
                7,
                new Recorder(Recorder.Limits.of(1 << 24))
                        .begin(new Beginning(self, 1, "1", spec, List.of(self), List.of(), null, 7, null, List.of())),
                new MemoryBudget(1 << 26),
                new Payloads(new MemoryBudget.Account(1 << 20), false));
        driver = new NodeDriver(setup, List.of(), new EventRing(100, 0), this, Faulty::new);
        driver.listen().await();
        driver.begin().await();
    }

    @AfterEach
    void stop() {
        driver.stop(false).await();
        loops.close();
    }

    @Test
    void everyCommandThatFailsIsAnsweredAndLeavesNothingBehind() {
        long before = failed();
        assertProblem(Http.post(self, "/messages", "bad"));
        assertProblem(Http.send("PUT", self, "/keys/bad", BodyPublishers.ofString("1")));
        assertProblem(Http.post(self, "/messages/read", "{\"ids\":[]}"));
        assertThat(told).noneMatch(event -> event instanceof Lifecycle.Departed);
        assertThat(told)
                .filteredOn(event -> event instanceof RumorProtocol.Published)
                .isEmpty();
        assertThat(failed() - before).isEqualTo(3);
        assertThat(told)
                .anyMatch(event -> event instanceof Lifecycle.Refused(String reason)
                        && reason.equals("the command Publish: the node failed on it, and nothing of it was done"));
        assertThat(Http.post(self, "/messages", "good").statusCode()).isEqualTo(201);
        assertThat(Http.get(self, "/messages").body()).contains("\"good\"").doesNotContain("\"bad\"");
    }

    @Test
    void aMessageThatItFailsOnIsDroppedWholeAndTheConnectionGoesOn() {
        HttpResponse<String> batch = Http.send(
                "PUT",
                self,
                "/gossip",
                BodyPublishers.ofString("{\"from\":\"127.0.0.1:1\",\"messages\":[{\"type\":\"PING\",\"number\":"
                        + BAD_PING + "},{\"type\":\"PING\",\"number\":1}]}"),
                "Content-Type",
                "application/vnd.hearsay.gossip+json");
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(204);
        assertThat(told).noneMatch(event -> event instanceof Lifecycle.Departed);
        assertThat(Http.post(self, "/messages", "good").statusCode()).isEqualTo(201);
    }

    @Test
    void aTimerThatItFailsOnFiresAgain() {
        Await.until("it fires again", () -> rounds.get() >= 2);
        assertThat(told)
                .anyMatch(event -> event instanceof Lifecycle.Refused(String reason)
                        && reason.startsWith("the timer Generate: the node failed on it"));
    }

    private static void assertProblem(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("The node failed on it, and nothing of it was done.");
    }

    private long failed() {
        return Http.get(self, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("gossip_steps_failed_total "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    // --- What the driver tells ---------------------------------------------------------------------------------------

    @Override
    public void onEvent(long atMicros, Event event) {
        told.add(event);
    }

    @Override
    public void onDelivered(RumorLog.Entry entry) {}

    @Override
    public void onRefused() {}

    @Override
    public void onStepFailed() {
        metrics.onStepFailed();
    }

    @Override
    public Traffic traffic() {
        return metrics.traffic();
    }

    // --- What the pages see ------------------------------------------------------------------------------------------

    @Override
    public NodeName name() {
        return NodeName.of(1);
    }

    @Override
    public NodeId address() {
        return self;
    }

    @Override
    public @Nullable NodeDriver driver() {
        return driver;
    }

    @Override
    public String topology() {
        return "";
    }

    @Override
    public int payloadBytesMax() {
        return 1 << 20;
    }

    @Override
    public @Nullable BearerToken faultToken() {
        return null;
    }

    @Override
    public FaultApi faults() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean takesVersions() {
        return false;
    }

    @Override
    public NodeMetrics metrics() {
        return metrics;
    }
}
