package dev.hearsay.live.node;

import dev.hearsay.core.Command;
import dev.hearsay.core.Input;
import dev.hearsay.core.Signal;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands whose sender waits for a promise: the answer is what the node tells in that very step, given once everything that the step has saved
 * is durable. Used on the node's loop only.
 */
final class Acceptance {

    private final Outgoing outgoing;
    private final Function<Input, @Nullable Throwable> node;
    private final Supplier<Optional<PublishException>> objection;
    private @Nullable Signal done;
    private @Nullable String refusal;

    /**
     * The commands of one node.
     *
     * @param node takes an input, without ending the step; answers with what it has failed of
     * @param objection why the node can take nothing, if it cannot
     */
    Acceptance(
            Outgoing outgoing,
            Function<Input, @Nullable Throwable> node,
            Supplier<Optional<PublishException>> objection) {
        this.outgoing = outgoing;
        this.node = node;
        this.objection = objection;
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
     * Carries out a command. The promise is kept with what the node tells; with nothing if it tells nothing, as there was nothing to do.
     *
     * @param answer what the node tells if it accepts it
     * @param refused what it means if the node does not
     */
    <S extends Signal> void carryOut(
            Command command, Class<S> answer, PublishException.Code refused, Promise<Optional<S>> promise) {
        Optional<PublishException> prevented = objection.get();
        if (prevented.isPresent()) {
            promise.fail(prevented.get());
            return;
        }
        done = null;
        refusal = null;
        if (node.apply(new Input.Asked(command)) != null) {
            promise.fail(PublishException.failed());
            return;
        }
        Signal accepted = done;
        String reason = refusal;
        outgoing.endStep(failure -> {
            if (failure != null) {
                promise.fail(PublishException.of(failure, objection.get().isPresent()));
            } else if (reason != null) {
                promise.fail(new PublishException(refused, reason));
            } else {
                promise.complete(Optional.ofNullable(accepted).map(answer::cast));
            }
        });
    }
}
