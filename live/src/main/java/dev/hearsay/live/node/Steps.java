package dev.hearsay.live.node;

import dev.hearsay.core.Command;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import dev.hearsay.live.log.RateLimit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a node: what it wants in one happens when it is over, and not at all if the node fails on it. Used on the node's loop only. */
final class Steps {

    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    /** When a node's timer fires again on which it has failed. */
    private static final long AGAIN_NANOS = 1_000_000_000L;

    private final NodeSetup setup;
    private final Machine node;
    private final @Nullable Intake intake;
    private final NodeEvents events;
    private final Effects execution;
    private final Runnable onFailure;
    private final Consumer<String> refused;
    private final StepEffects wanted = new StepEffects();
    private final RateLimit failures = RateLimit.strict();

    /**
     * The steps of one node.
     *
     * @param execution carries out what a step wanted
     * @param onFailure told of each step that has failed
     * @param refused hears what it failed on: one sentence
     */
    Steps(
            NodeSetup setup,
            Machine node,
            @Nullable Intake intake,
            NodeEvents events,
            Effects execution,
            Runnable onFailure,
            Consumer<String> refused) {
        this.setup = setup;
        this.node = node;
        this.intake = intake;
        this.events = events;
        this.execution = execution;
        this.onFailure = onFailure;
        this.refused = refused;
    }

    /** Lets the node take an input; what it saves and sends waits for the end of the step. Answers with what it failed of: then it lives on. */
    @Nullable
    Throwable run(Input input) {
        long atMicros = events.now();
        try {
            setup.journal().step(node, System.nanoTime(), atMicros, input, wanted);
        } catch (RuntimeException | StackOverflowError e) {
            wanted.drop();
            failed(input, e);
            return e;
        } finally {
            if (intake != null) {
                intake.count();
            }
        }
        wanted.carryOut(execution);
        return null;
    }

    /** That it could fail is a fault in here, whoever has sent what it failed on. */
    private void failed(Input input, Throwable failure) {
        onFailure.run();
        String what = switch (input) {
            case Input.Started started -> "its start";
            case Input.Received(NodeId from, Message message) ->
                message.getClass().getSimpleName() + " from " + from;
            case Input.Asked(Command command) ->
                "the command " + command.getClass().getSimpleName();
            case Input.Fired(Timer timer) -> {
                // What a node does again and again must not end with one failure.
                execution.after(AGAIN_NANOS, timer);
                yield "the timer " + timer.getClass().getSimpleName();
            }
            case Input.Unsaved(Fact fact) -> "the loss of " + fact.getClass().getSimpleName();
        };
        failures.next(System.nanoTime(), "Node " + setup.self() + " failed on " + what)
                .ifPresent(words -> LOG.error(words, failure));
        refused.accept(what + ": the node failed on it, and nothing of it was done");
    }
}
