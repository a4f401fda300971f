package dev.hearsay.live.node;

import dev.hearsay.live.loop.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.BooleanSupplier;

/** Waits on a node's loop, though not for long, until what the node said last has left. */
final class OutboxDrain {

    private static final long NANOS_MAX = 500_000_000L;
    private static final long LOOK_NANOS = 2_000_000L;

    private OutboxDrain() {}

    /**
     * Completes when it is said, or took too long.
     *
     * @param isSaid looked at again and again
     */
    static Future<Void> said(Loop loop, BooleanSupplier isSaid) {
        Promise<Void> said = Promise.promise();
        await(loop, isSaid, System.nanoTime() + NANOS_MAX, said);
        return said.future();
    }

    private static void await(Loop loop, BooleanSupplier isSaid, long deadlineNanos, Promise<Void> said) {
        if (isSaid.getAsBoolean() || System.nanoTime() - deadlineNanos >= 0) {
            said.complete();
        } else {
            loop.after(LOOK_NANOS, () -> await(loop, isSaid, deadlineNanos, said));
        }
    }
}
