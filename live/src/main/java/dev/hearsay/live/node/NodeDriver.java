package dev.hearsay.live.node;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Command;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import dev.hearsay.core.node.Node;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.store.StoreException;
import dev.hearsay.live.transport.Traffic;
import dev.hearsay.live.transport.Transport;
import io.vertx.core.Future;
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

    private enum State {
        NEW,
        RUNNING,
        STOPPING,
        STOPPED
    }

    private final NodeSetup setup;
    private final NodeListener listener;
    private final NodeEvents events;
    private final Machine machine;
    private final Outgoing outgoing;
    private final Readiness readiness;
    private final Watchers watchers;
    private final PauseGate turns = new PauseGate();
    private final CommandRunner commands;
    private final Fetching fetching;
    private final @Nullable Intake intake;
    private final Steps steps;
    private volatile State state = State.NEW;
    private Transport.@Nullable Endpoint endpoint;
    private long startedMicros;

    /**
     * A node that does nothing yet.
     *
     * @param remembered what its store has kept
     * @param ring where its events are kept; that of its last life, or a new one
     */
    public NodeDriver(NodeSetup setup, List<Fact> remembered, EventRing ring, NodeListener listener) {
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
            EventRing ring,
            NodeListener listener,
            UnaryOperator<Machine> around) {
        this.setup = setup;
        this.listener = listener;
        this.watchers = new Watchers(setup.loop());
        this.readiness = Readiness.of(setup.machine());
        this.machine = setup.machine()
                .machine(
                        setup.self(),
                        setup.journal().context(new LiveContext(setup.randomSeed(), setup.clock(), setup.signatures())),
                        remembered);
        this.events = new NodeEvents(setup.clock(), machine, ring, readiness, listener, watchers);
        this.outgoing = new Outgoing(
                setup.self(),
                turn -> setup.loop().execute(() -> turns.take(turn)),
                setup.store(),
                this::transmit,
                this::unsaved,
                setup.memory().queues(),
                this::overflowed);
        this.fetching = new Fetching(
                setup.self(), setup.loop(), setup.store(), setup.memory().queues());
        this.intake = machine instanceof Node node ? new Intake(setup, node, this::saveAgain, this::refused) : null;
        this.steps = new Steps(
                setup, around.apply(machine), intake, events, new Wants(), listener::onStepFailed, this::refused);
        this.commands = new CommandRunner(setup.loop(), outgoing, intake, steps::run, this::objection);
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
        return OutboxDrain.said(setup.loop(), () -> !outgoing.isWaiting() && queued() == 0)
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
            note(new Lifecycle.Stopped());
            watchers.callNow();
        }
        setup.journal().end();
        if (intake != null) {
            intake.end();
        }
        readiness.fail("the node was stopped");
        Transport.Endpoint open = endpoint;
        endpoint = null;
        return open == null ? Future.succeededFuture() : open.close();
    }

    // --- What happens to it ------------------------------------------------------------------------------------------

    /** What it can be told to do. */
    public CommandRunner commands() {
        return commands;
    }

    /** Gets what the node has left to its store; without what it has forgotten meanwhile. To be called on the loop. */
    public <T extends Bulky> Future<List<T>> fetch(List<T> things) {
        return fetching.fetch(things);
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
            note(new Lifecycle.Overflowed(to, messages));
        } else {
            // Strangers can make up as many names as they like.
            refused(messages + " messages to " + to + ", which is not known here and does not take them");
        }
    }

    @Override
    public void refused(String reason) {
        note(new Lifecycle.Refused(reason));
    }

    /** Adds what only the host could find out to what the node has told; its time is that of being told, as all others' is. */
    public void note(Event event) {
        setup.journal().outside(events.now(), event);
        tell(event);
    }

    private @Nullable Throwable step(Input input) {
        Throwable failure = steps.run(input);
        if (failure == null) {
            outgoing.endStep();
        }
        return failure;
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
        public void tell(Event event) {
            NodeDriver.this.tell(event);
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

    private void saveAgain(Fact fact) {
        if (state == State.RUNNING) {
            outgoing.save(fact);
            outgoing.endStep();
        }
    }

    private void unsaved(List<Fact> facts, StoreException failure) {
        LOG.warn("Node {} could not save what it promised: {}", setup.self(), failure.getMessage());
        if (state == State.RUNNING) {
            facts.forEach(fact -> step(new Input.Unsaved(fact)));
        }
    }

    private void tell(Event event) {
        commands.heard(event);
        events.tell(event);
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

    public EventRing ring() {
        return events.ring();
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
