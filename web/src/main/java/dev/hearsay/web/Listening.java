package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.transport.TransportException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionException;

/** How pages listen for browsers. */
final class Listening {

    private static final int IDLE_SECONDS_MAX = 60;

    /** What the system may keep for one browser that does not read; it would be megabytes otherwise, of updates that are old. */
    private static final int SEND_BYTES_MAX = 256 << 10;

    private Listening() {}

    /**
     * Lets browsers in; what they ask is handled on that loop.
     *
     * @param listener where; port 0 for any that is free
     * @return the port
     * @throws TransportException if it cannot listen there
     */
    static int on(Loop loop, NodeId listener, Handler<HttpServerRequest> handler) throws TransportException {
        try {
            return loop.call(() -> loop.vertx()
                            .createHttpServer(new HttpServerOptions()
                                    .setTcpNoDelay(true)
                                    .setSendBufferSize(SEND_BYTES_MAX)
                                    .setIdleTimeout(IDLE_SECONDS_MAX)
                                    .setHttp2ClearTextEnabled(false)
                                    .setHandle100ContinueAutomatically(true))
                            .requestHandler(handler)
                            .exceptionHandler(broken -> {})
                            .listen(listener.port(), listener.host()))
                    .compose(listening -> listening)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
        } catch (CompletionException e) {
            throw TransportException.cannotListen(listener, e.getCause() == null ? e : e.getCause());
        }
    }
}
