package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.live.transport.FreePorts;
import dev.hearsay.live.transport.TransportException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/** A dashboard that runs: it watches the nodes and serves the page until it is closed. */
public final class Dashboard implements AutoCloseable {

    private static final int IDLE_SECONDS_MAX = 60;

    /** What the system may keep for one browser that does not read; it would be megabytes otherwise, of updates that are old. */
    private static final int SEND_BYTES_MAX = 256 << 10;

    private final DashboardOptions options;
    private final Loops loops;
    private final Updates updates;
    private final NodeClient client;
    private final DashboardApi api;
    private final NetworkWatch watch;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int port;

    private Dashboard(DashboardOptions options, NetworkPicture picture, boolean isReplay) {
        this.options = options;
        this.loops = Loops.start(1);
        Loop loop = loops.of(0);
        PictureJson json = new PictureJson(picture, options.network(), options.control(), isReplay);
        this.updates = new Updates(loop, picture, json, Long.toString(nowMicros(), Character.MAX_RADIX));
        this.client = new NodeClient(loops.vertx());
        this.watch = new NetworkWatch(loop, client, picture);
        JournalApi journal = new JournalApi(loop, picture, options.network());
        this.api = new DashboardApi(
                options, picture, json, updates, client, watch, journal, new FaultRequests(loop, options, picture));
    }

    /**
     * Starts one.
     *
     * @throws TransportException if it cannot listen where it should
     */
    public static Dashboard start(DashboardOptions options) throws TransportException {
        return start(options, new NetworkPicture(Dashboard::nowMicros), false);
    }

    /**
     * Shows a recording, and reaches no node, whoever may be at their addresses now.
     *
     * @throws TransportException if it cannot listen where it should
     */
    public static Dashboard replay(DashboardOptions options, Recording recording) throws TransportException {
        var barred = new FaultAccess.Barred("This is a recording; nothing can go wrong in it any more.", "");
        return start(options.with(barred), recording.picture(), true);
    }

    private static Dashboard start(DashboardOptions options, NetworkPicture picture, boolean isReplay)
            throws TransportException {
        FreePorts.demand(options.listener());
        Dashboard dashboard = new Dashboard(options, picture, isReplay);
        if (isReplay) {
            dashboard.client.close();
        }
        try {
            dashboard.begin();
        } catch (CompletionException e) {
            dashboard.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw TransportException.cannotListen(options.listener(), cause);
        }
        return dashboard;
    }

    private void begin() {
        Loop loop = loops.of(0);
        HttpServer server = loop.call(() -> loop.vertx()
                        .createHttpServer(new HttpServerOptions()
                                .setTcpNoDelay(true)
                                .setSendBufferSize(SEND_BYTES_MAX)
                                .setIdleTimeout(IDLE_SECONDS_MAX)
                                .setHttp2ClearTextEnabled(false)
                                .setHandle100ContinueAutomatically(true))
                        .requestHandler(api::handle)
                        .exceptionHandler(broken -> {})
                        .listen(options.listener().port(), options.listener().host()))
                .compose(listening -> listening)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
        loop.execute(() -> {
            watch.begin(options.nodes());
            updates.begin();
        });
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Where browsers come. */
    public NodeId listener() {
        return new NodeId(options.listener().host(), port);
    }

    /** Waits until somebody closes it. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Stops watching and serving; harmless the second time. */
    @Override
    public synchronized void close() {
        if (closed.getCount() > 0) {
            loops.of(0)
                    .call(() -> {
                        client.close();
                        updates.close();
                        return true;
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            loops.close();
            closed.countDown();
        }
    }
}
