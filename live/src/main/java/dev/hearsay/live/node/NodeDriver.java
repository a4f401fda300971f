package dev.hearsay.live.node;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Command;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.Timer;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.log.RateLimit;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.store.StoreException;
import dev.hearsay.live.transport.Traffic;
import dev.hearsay.live.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of one live node: feeds the protocol's node what happens, and carries out what it wants. Everything runs on the
 * node's loop, and must be called there unless it says otherwise.
 */
public final class NodeDriver implements Transport.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(NodeDriver.class);

    /** When a node's timer fires again on which it has failed. */
    private static final long AGAIN_NANOS = 1_000_000_000L;

    /** Of a command that makes nothing larger. */
    private static final int NO_BYTES = -1;

    /** Strangers may be quoted in what is refused, and none at length. */
    private static final int REASON_MAX = 1000;

    private enum State {
        NEW,
        RUNNING,
        STOPPING,
        STOPPED
    }

    private final NodeSetup setup;
    private final NodeListener listener;
    private final SignalRing ring;
    private final Machine machine;
    private final Machine stepped;
    private final Outgoing outgoing;
    private final Wants wants = new Wants();
    private final StepEffects wanted = new StepEffects();
    private final Readiness readiness;
    private final Watchers watchers;
    private final RateLimit refusals = RateLimit.strict();
    private final RateLimit failures = RateLimit.strict();
    private final Turns turns = new Turns();
    private final Acceptance acceptance;
    private final Fetching fetching;
    private final @Nullable Intake intake;
    private volatile State state = State.NEW;
    private Transport.@Nullable Endpoint endpoint;
    private long startedMicros;
    private long stepMicros;

    /**
     * A node that does nothing yet.
     *
     * @param remembered what its store has kept
     * @param ring where its signals are kept; that of its last life, or a new one
     */
    public NodeDriver(NodeSetup setup, List<Fact> remembered, SignalRing ring, NodeListener listener) {
        this(setup, remembered, ring, listener, machine -> machine);
    }

    /**
     * The same with something between the driver and the node.
     *
     * @param around is given the node, and answers with what is stepped in its place
     */
    NodeDriver(
            NodeSetup setup,
            List<Fact> remembered,
            SignalRing ring,
            NodeListener listener,
            UnaryOperator<Machine> around) {
        this.setup = setup;
        this.listener = listener;
        this.ring = ring;
        this.watchers = new Watchers(setup.loop());
        this.readiness = Readiness.of(setup.role());
        this.machine = setup.role()
                .machine(
                        setup.self(),
                        setup.tape().context(new LiveContext(setup.randomSeed(), setup.clock(), setup.signatures())),
                        remembered);
        this.stepped = around.apply(machine);
        this.outgoing = new Outgoing(
                setup.self(),
                turn -> setup.loop().execute(() -> turns.take(turn)),
                setup.store(),
                this::transmit,
                this::unsaved);
        this.acceptance = new Acceptance(outgoing, this::run, this::objection);
        this.fetching = new Fetching(
                setup.self(), setup.loop(), setup.store(), setup.memory().queues());
        this.intake = machine instanceof Node node
                ? new Intake(node, setup.loop(), setup.payloads(), setup.memory(), this::refused)
                : null;
    }

    // --- The life of the node ----------------------------------------------------------------------------------------

    /** Opens the node's port; it takes no messages yet. May be called from any thread. */
    public Future<Void> listen() {
        return setup.loop()
                .call(() -> setup.transport().open(setup.loop(), setup.self(), this))
                .compose(opened -> opened)
                .compose(opened -> setup.loop().call(() -> {
                    endpoint = opened;
                    return null;
                }));
    }

    /** Lets the node begin, once it listens. May be called from any thread. */
    public Future<Void> begin() {
        return setup.loop().call(() -> {
            if (state == State.NEW) {
                state = State.RUNNING;
                startedMicros = setup.clock().micros();
                Throwable failure = step(new Input.Started());
                if (failure != null) {
                    throw new IllegalStateException("the node failed at its start: " + failure, failure);
                }
                readiness.began();
            }
            return null;
        });
    }

    /** Completes when the node can do its work, see {@link Readiness}. */
    public Future<Void> ready() {
        return readiness.future();
    }

    /**
     * Stops the node and closes its port. May be called from any thread.
     *
     * @param isOrderly whether it says goodbye first
     */
    public Future<Void> stop(boolean isOrderly) {
        return setup.loop().call(() -> isOrderly ? sayGoodbye() : end()).compose(ended -> ended);
    }

    private Future<Void> sayGoodbye() {
        // Who stands still cannot say anything.
        if (!isAwake()) {
            return end();
        }
        step(new Input.Asked(new Command.Depart()));
        state = State.STOPPING;
        return Goodbye.said(setup.loop(), () -> !outgoing.isWaiting() && queued() == 0)
                .compose(ignored -> end());
    }

    /** Makes the node stand still as a stopped process does: it takes nothing, and no timer fires, until {@link #resume}. */
    public void pause() {
        turns.pause();
    }

    /** Ends a pause: timers that are late fire now. */
    public void resume() {
        turns.resume();
    }

    private Future<Void> end() {
        if (state == State.STOPPED) {
            return Future.succeededFuture();
        }
        boolean hasLived = state != State.NEW;
        state = State.STOPPED;
        outgoing.abandon(new StoreException("the node was stopped"));
        if (hasLived) {
            note(new Signal.Stopped());
            watchers.callNow();
        }
        setup.tape().end();
        if (intake != null) {
            intake.end();
        }
        readiness.fail("the node was stopped");
        Transport.Endpoint open = endpoint;
        endpoint = null;
        return open == null ? Future.succeededFuture() : open.close();
    }

    // --- What happens to it ------------------------------------------------------------------------------------------

    /**
     * Publishes a message; fails with a {@link PublishException}. May be called from any thread.
     *
     * @param payload handed over, not copied
     * @param relays how many times each node passes it on; 0 for the network's default
     */
    public Future<Signal.Published> publish(byte[] payload, int relays) {
        if (payload.length == 0) {
            return Future.failedFuture(new PublishException(PublishException.Code.EMPTY, "the message is empty"));
        }
        Command command = new Command.Publish(payload, relays);
        return carryOut(command, payload.length, Signal.Published.class, PublishException.Code.TOO_LARGE)
                .map(Optional::orElseThrow);
    }

    /**
     * Writes an entry of the key/value state; fails with a {@link PublishException}. May be called from any thread.
     *
     * @param value handed over, not copied
     */
    public Future<Stamp> put(String key, byte[] value) {
        return write(new Command.Put(key, value), value.length);
    }

    /** Deletes an entry of the key/value state; fails with a {@link PublishException}. May be called from any thread. */
    public Future<Stamp> delete(String key) {
        return write(new Command.Delete(key), NO_BYTES);
    }

    private Future<Stamp> write(Command command, int bytes) {
        return carryOut(command, bytes, Signal.Written.class, PublishException.Code.STATE_FULL)
                .map(written -> written.orElseThrow().stamp());
    }

    private <S extends Signal> Future<Optional<S>> carryOut(
            Command command, int bytes, Class<S> answer, PublishException.Code refusal) {
        Promise<Optional<S>> promise = Promise.promise();
        setup.loop()
                .call(() -> {
                    String full = bytes == NO_BYTES || intake == null ? null : intake.objection(bytes);
                    if (full == null) {
                        acceptance.carryOut(command, answer, refusal, promise);
                    } else {
                        refused(full);
                        promise.fail(new PublishException(PublishException.Code.MEMORY_FULL, full));
                    }
                    return null;
                })
                .onFailure(promise::tryFail);
        return promise.future();
    }

    /** Gets what the node has left to its store; without what it has forgotten meanwhile. To be called on the loop. */
    public <T extends Bulky> Future<List<T>> fetch(List<T> things) {
        return fetching.fetch(things);
    }

    /**
     * Puts a version into the network; completes with whether it is new here, once it is durable. Fails with a
     * {@link PublishException}. May be called from any thread.
     */
    public Future<Boolean> publishVersion(long version) {
        Command command = new Command.PublishVersion(version);
        return carryOut(command, 0, Signal.Published.class, PublishException.Code.TOO_LARGE)
                .map(published -> published.isPresent());
    }

    /**
     * Hands a command to the node; true if it runs and is not paused.
     *
     * @throws PublishException if the node fails on it
     */
    public boolean ask(Command command) {
        if (!isAwake()) {
            return false;
        }
        if (step(new Input.Asked(command)) != null) {
            throw PublishException.failed();
        }
        return true;
    }

    @Override
    public boolean received(NodeId from, List<Message> messages) {
        if (!isAwake()) {
            return false;
        }
        for (int i = 0; i < messages.size() && state == State.RUNNING; i++) {
            Message message = messages.get(i);
            Message admitted = intake == null ? message : intake.admitted(from, message);
            if (admitted != null) {
                step(new Input.Received(from, admitted));
            }
        }
        return true;
    }

    @Override
    public boolean knows(NodeId node) {
        return machine.knows(node);
    }

    @Override
    public void linked(NodeId to) {
        readiness.linked(to);
    }

    @Override
    public Traffic traffic() {
        return listener.traffic();
    }

    @Override
    public void overflowed(NodeId to, long messages) {
        if (machine.knows(to)) {
            note(new Signal.Overflowed(to, messages));
        } else {
            // Strangers can make up as many names as they like.
            refused(messages + " messages to " + to + ", which is not known here and does not take them");
        }
    }

    @Override
    public void refused(String reason) {
        note(new Signal.Refused(reason));
    }

    /** Adds what only the host could find out to what the node has told; its time is that of being told, as all others' is. */
    public void note(Signal signal) {
        stepMicros = setup.clock().micros();
        setup.tape().outside(stepMicros, signal);
        tell(signal);
    }

    private @Nullable Throwable step(Input input) {
        Throwable failure = run(input);
        if (failure == null) {
            outgoing.endStep(ignored -> {});
        }
        return failure;
    }

    /** Lets the node take an input. If it fails on it, nothing of what it wanted happens, and it lives on. */
    private @Nullable Throwable run(Input input) {
        stepMicros = setup.clock().micros();
        try {
            setup.tape().step(stepped, System.nanoTime(), stepMicros, input, wanted);
        } catch (RuntimeException | StackOverflowError e) {
            wanted.drop();
            failed(input, e);
            return e;
        } finally {
            if (intake != null) {
                intake.count();
            }
        }
        wanted.carryOut(wants);
        return null;
    }

    /** That it could fail is a fault in here, whoever has sent what it failed on. */
    private void failed(Input input, Throwable failure) {
        listener.onStepFailed();
        String what = switch (input) {
            case Input.Started started -> "its start";
            case Input.Received(NodeId from, Message message) ->
                message.getClass().getSimpleName() + " from " + from;
            case Input.Asked(Command command) ->
                "the command " + command.getClass().getSimpleName();
            case Input.Fired(Timer timer) -> {
                // What a node does again and again must not end with one failure.
                wants.after(AGAIN_NANOS, timer);
                yield "the timer " + timer.getClass().getSimpleName();
            }
            case Input.Unsaved(Fact fact) -> "the loss of " + fact.getClass().getSimpleName();
        };
        failures.next(System.nanoTime(), "Node " + setup.self() + " failed on " + what)
                .ifPresent(words -> LOG.error(words, failure));
        refused(what + ": the node failed on it, and nothing of it was done");
    }

    // --- What it wants -----------------------------------------------------------------------------------------------

    /** Carries out what a step wanted; kept from the eyes of whoever holds a driver. */
    private final class Wants implements Effects {
        @Override
        public void send(NodeId to, Message message) {
            outgoing.send(to, message);
        }

        @Override
        public void after(long delayNanos, Timer timer) {
            setup.loop()
                    .after(
                            delayNanos,
                            () -> turns.take(() -> {
                                if (state == State.RUNNING) {
                                    step(new Input.Fired(timer));
                                }
                            }));
        }

        @Override
        public void save(Fact fact) {
            outgoing.save(fact);
        }

        @Override
        public void tell(Signal signal) {
            NodeDriver.this.tell(signal);
        }
    }

    private void transmit(NodeId to, Message message) {
        if (endpoint != null && !fetching.send(to, message, this::hand)) {
            overflowed(to, 1);
        }
    }

    private void hand(NodeId to, Message message) {
        Transport.Endpoint open = endpoint;
        if (open != null) {
            open.send(to, message);
        }
    }

    private void unsaved(List<Fact> facts, StoreException failure) {
        LOG.warn("Node {} could not save what it promised: {}", setup.self(), failure.getMessage());
        if (state == State.RUNNING) {
            facts.forEach(fact -> step(new Input.Unsaved(fact)));
        }
    }

    private void tell(Signal signal) {
        acceptance.heard(signal);
        if (signal instanceof Signal.Refused(String reason)) {
            listener.onRefused();
            String brief = reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX) + "…";
            refusals.next(System.nanoTime(), brief).ifPresent(words -> record(new Signal.Refused(words)));
        } else {
            record(signal);
        }
    }

    private void record(Signal signal) {
        ring.add(stepMicros, signal);
        if (signal instanceof Signal.Delivered delivered && machine instanceof Node node) {
            RumorLog.Entry entry = node.log().find(delivered.id());
            // It may have been forgotten in the very step in which it came.
            if (entry != null) {
                listener.onDelivered(entry);
            }
        }
        readiness.heard(signal);
        listener.onSignal(stepMicros, signal);
        watchers.callAtTurnEnd();
    }

    // --- For whoever looks at it -------------------------------------------------------------------------------------

    /** Whoever looks at the ring again and again. */
    public Watchers watchers() {
        return watchers;
    }

    public int number() {
        return setup.number();
    }

    public NodeId self() {
        return setup.self();
    }

    public Loop loop() {
        return setup.loop();
    }

    /** The protocol's node or seed, to look at. */
    public Machine machine() {
        return machine;
    }

    public SignalRing ring() {
        return ring;
    }

    /** Whether it has begun and not stopped; it may be paused. */
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Whether it runs and stands still, see {@link #pause}. */
    public boolean isPaused() {
        return state == State.RUNNING && turns.isPaused();
    }

    /** Why it can take no command, if it cannot. */
    private Optional<PublishException> objection() {
        return isAwake()
                ? Optional.empty()
                : Optional.of(new PublishException(
                        PublishException.Code.STOPPED, isPaused() ? "the node is paused" : "the node does not run"));
    }

    /** Whether it takes messages and commands. */
    private boolean isAwake() {
        return state == State.RUNNING && !turns.isPaused();
    }

    /** Whether it could do its work: what it promises can be kept. */
    public boolean isWorking() {
        return setup.store().isWorking();
    }

    /** Whether it has stopped for good; it tells nothing any more. */
    public boolean isOver() {
        return state == State.STOPPED;
    }

    /** Whether it runs, is not paused, and can do its work, see {@link Readiness}. */
    public boolean isReady() {
        return isAwake() && readiness.isReady();
    }

    /** When it began, microseconds since 1970; 0 before. */
    public long startedMicros() {
        return startedMicros;
    }

    /** Messages on their way to peers. */
    public long queued() {
        Transport.Endpoint open = endpoint;
        return open == null ? 0 : open.queued();
    }
}
