package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Takes a port, a moment later if need be. */
final class PortBinding {

    /**
     * The JDK gives a listener's port back when its selector looks for events the next time, which may be just after its
     * closing is reported (SelectableChannel, deregistration). A node that is restarted at once must not fail for that.
     */
    private static final int ATTEMPTS_MAX = 5;

    private static final long PAUSE_NANOS = 10_000_000L;

    private PortBinding() {}

    /** Attempts to listen; fails with a {@link TransportException}. */
    static <T> Future<T> bind(Loop loop, NodeId address, Supplier<Future<T>> listen) {
        return bind(loop, address, listen, ATTEMPTS_MAX);
    }

    private static <T> Future<T> bind(Loop loop, NodeId address, Supplier<Future<T>> listen, int attempts) {
        return listen.get().recover(failure -> {
            TransportException reason = TransportException.cannotListen(address, failure);
            if (!reason.isPortTaken() || attempts == 1) {
                return Future.failedFuture(reason);
            }
            Promise<Void> later = Promise.promise();
            loop.after(PAUSE_NANOS, later::complete);
            return later.future().compose(ignored -> bind(loop, address, listen, attempts - 1));
        });
    }
}
