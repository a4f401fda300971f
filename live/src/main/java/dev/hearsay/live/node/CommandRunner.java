package dev.hearsay.live.node;

import dev.hearsay.core.Command;
import dev.hearsay.core.Event;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.state.State;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.Utf8;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands, most of them for somebody who waits for a promise: the answer is what the node tells in that very step, given once everything that
 * the step, and those before it, have saved is durable. Such commands fail with a {@link PublishException}. May be called from any thread unless it says otherwise.
 */
public final class CommandRunner {

    /** Of a command that makes nothing larger. */
    private static final int NO_BYTES = -1;

    private final Loop loop;
    private final Outgoing outgoing;
    private final @Nullable Intake intake;
    private final Function<Input, @Nullable Throwable> node;
    private final Supplier<Optional<PublishException>> objection;
    private @Nullable Event done;
    private @Nullable String refusal;

    /**
     * The commands of one node.
     *
     * @param node takes an input, without ending the step; answers with what it has failed of
     * @param objection why the node can take nothing, if it cannot
     */
    CommandRunner(
            Loop loop,
            Outgoing outgoing,
            @Nullable Intake intake,
            Function<Input, @Nullable Throwable> node,
            Supplier<Optional<PublishException>> objection) {
        this.loop = loop;
        this.outgoing = outgoing;
        this.intake = intake;
        this.node = node;
        this.objection = objection;
    }

    /**
     * Publishes a message.
     *
     * @param payload handed over, not copied; there must be more in it than white space
     * @param relays how many times each node passes it on; 0 for the network's default
     */
    public Future<RumorProtocol.Published> publish(byte[] payload, int relays) {
        if (Utf8.isBlank(payload)) {
            return Future.failedFuture(new PublishException(PublishException.Code.EMPTY, "the message is empty"));
        }
        Command command = new Command.Publish(payload, relays);
        return carryOut(command, payload.length, RumorProtocol.Published.class, PublishException.Code.TOO_LARGE)
                .map(Optional::orElseThrow);
    }

    /** Puts a version into the network; completes with whether it is new here. */
    public Future<Boolean> publishVersion(long version) {
        Command command = new Command.PublishVersion(version);
        return carryOut(command, 0, RumorProtocol.Published.class, PublishException.Code.TOO_LARGE)
                .map(Optional::isPresent);
    }

    /**
     * Writes an entry of the key/value state.
     *
     * @param value handed over, not copied
     */
    public Future<Stamp> put(String key, byte[] value) {
        return write(new Command.Put(key, value), value.length);
    }

    /** Deletes an entry of the key/value state. */
    public Future<Stamp> delete(String key) {
        return write(new Command.Delete(key), NO_BYTES);
    }

    private Future<Stamp> write(Command command, int bytes) {
        return carryOut(command, bytes, StateProtocol.Written.class, PublishException.Code.STATE_FULL)
                .map(written -> written.orElseThrow().stamp());
    }

    /**
     * Hands over a command for whose end nobody waits; true if the node runs and is not paused. On the loop.
     *
     * @throws PublishException if the node fails on it
     */
    public boolean ask(Command command) {
        if (objection.get().isPresent()) {
            return false;
        }
        if (node.apply(new Input.Asked(command)) != null) {
            throw PublishException.failed();
        }
        outgoing.endStep();
        return true;
    }

    /** Hears what the node tells. On the loop. */
    void heard(Event event) {
        if (event instanceof RumorProtocol.Published || event instanceof StateProtocol.Written) {
            done = event;
        } else if (event instanceof Lifecycle.Refused(String reason)) {
            refusal = reason;
        }
    }

    /**
     * Carries out a command. The promise is kept with what the node tells; with nothing if it tells nothing, as there was nothing to do.
     *
     * @param answer what the node tells if it accepts it
     * @param refused what it means if the node does not
     */
    private <S extends Event> Future<Optional<S>> carryOut(
            Command command, int bytes, Class<S> answer, PublishException.Code refused) {
        Promise<Optional<S>> promise = Promise.promise();
        loop.call(() -> {
                    if (bytes == NO_BYTES || intake == null) {
                        step(command, answer, refused, promise);
                    } else {
                        intake.admit(bytes, command instanceof Command.Put, full -> {
                            if (full == null) {
                                step(command, answer, refused, promise);
                            } else {
                                promise.fail(new PublishException(PublishException.Code.MEMORY_FULL, full));
                            }
                        });
                    }
                    return null;
                })
                .onFailure(promise::tryFail);
        return promise.future();
    }

    private <S extends Event> void step(
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
        Event accepted = done;
        String reason = refusal;
        outgoing.endStep(failure -> {
            if (failure != null) {
                promise.fail(PublishException.of(failure, objection.get().isPresent()));
            } else if (reason != null) {
                boolean isBehind = reason.startsWith(State.CLOCK_IS_BEHIND);
                promise.fail(new PublishException(isBehind ? PublishException.Code.CLOCK_IS_BEHIND : refused, reason));
            } else {
                promise.complete(Optional.ofNullable(accepted).map(answer::cast));
            }
        });
    }
}
