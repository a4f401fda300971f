package dev.hearsay.live.node;

import dev.hearsay.core.Command;
import dev.hearsay.core.Input;
import dev.hearsay.core.Signal;
import io.vertx.core.Promise;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands whose sender waits for a promise: the answer is what the node tells in that very step, given once everything that the step has saved
 * is durable. Used on the node's loop only.
 */
final class Acceptance {

    private final Outgoing outgoing;
    private final Consumer<Input> node;
    private final BooleanSupplier isRunning;
    private @Nullable Signal done;
    private @Nullable String refusal;

    /**
     * The commands of one node.
     *
     * @param node takes an input, without ending the step
     */
    Acceptance(Outgoing outgoing, Consumer<Input> node, BooleanSupplier isRunning) {
        this.outgoing = outgoing;
        this.node = node;
        this.isRunning = isRunning;
    }

    /** Hears what the node tells. */
    void heard(Signal signal) {
        switch (signal) {
            case Signal.Published published -> done = published;
            case Signal.Written written -> done = written;
            case Signal.Refused(String reason) -> refusal = reason;
            default -> {}
        }
    }

    /**
     * Carries out a command.
     *
     * @param answer what the node tells if it accepts it
     * @param refused what it means if the node does not
     */
    <S extends Signal> void carryOut(
            Command command, Class<S> answer, PublishException.Code refused, Promise<S> promise) {
        if (!isRunning.getAsBoolean()) {
            promise.fail(new PublishException(PublishException.Code.STOPPED, "the node does not run"));
            return;
        }
        done = null;
        refusal = null;
        node.accept(new Input.Asked(command));
        Signal accepted = done;
        String reason = refusal;
        outgoing.endStep(failure -> {
            if (failure != null) {
                promise.fail(PublishException.of(failure, !isRunning.getAsBoolean()));
            } else if (answer.isInstance(accepted)) {
                promise.complete(answer.cast(accepted));
            } else {
                promise.fail(new PublishException(refused, reason == null ? "it was not accepted" : reason));
            }
        });
    }
}
