package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.live.transport.FreePorts;
import dev.hearsay.live.transport.TransportException;
import dev.hearsay.web.faults.FaultAccess;
import dev.hearsay.web.faults.FaultRequests;
import dev.hearsay.web.http.Permission;
import dev.hearsay.web.journal.EventLogApi;
import dev.hearsay.web.members.Ballots;
import dev.hearsay.web.members.MemberLists;
import dev.hearsay.web.members.MembersJson;
import dev.hearsay.web.picture.MessageModelJson;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NetworkModelJson;
import dev.hearsay.web.picture.Updates;
import dev.hearsay.web.recordings.RecordingRequests;
import dev.hearsay.web.watch.NetworkWatch;
import dev.hearsay.web.watch.NodeClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A dashboard that runs: it watches the nodes and serves the page until it is closed. */
public final class Dashboard implements ServedPage {

    private final DashboardOptions options;
    private final Loops loops;
    private final Updates updates;
    private final NodeClient client;
    private final DashboardApi api;
    private final NetworkWatch watch;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int port;

    /** Of what is happening, or of a recording if there is one. */
    private Dashboard(DashboardOptions options, @Nullable Recording recording) {
        this.options = options;
        this.loops = Loops.start(1);
        Loop loop = loops.of(0);
        NetworkModel picture = new NetworkModel(recording == null ? Dashboard::nowMicros : recording.clockMicros());
        Ballots ballots = new Ballots();
        MemberLists lists = new MemberLists(picture);
        if (recording != null) {
            recording.show(picture, ballots, lists);
        }
        Permission permission = recording == null ? options.permission() : Permission.ofReplay();
        NetworkModelJson json =
                new NetworkModelJson(picture, options.network(), permission.control(), recording != null);
        this.updates = new Updates(loop, picture, json, Long.toString(nowMicros(), Character.MAX_RADIX));
        this.client = new NodeClient(loops.vertx());
        if (recording != null) {
            client.close();
        }
        this.watch = new NetworkWatch(loop, client, picture, ballots, lists);
        this.api = new DashboardApi(
                options,
                picture,
                new MessageModelJson(picture),
                updates,
                client,
                watch,
                new MembersJson(picture, ballots, lists),
                new EventLogApi(loop, picture.past(), picture, options.network()),
                permission,
                new FaultRequests(loop, options.faults(), permission, picture),
                new RecordingRequests(loop, options.recordings(), permission),
                recording);
    }

    /**
     * Starts one.
     *
     * @throws TransportException if it cannot listen where it should
     */
    public static Dashboard start(DashboardOptions options) throws TransportException {
        return start(options, null);
    }

    /**
     * Shows a recording, and reaches no node, whoever may be at their addresses now.
     *
     * @throws TransportException if it cannot listen where it should
     */
    public static Dashboard replay(DashboardOptions options, Recording recording) throws TransportException {
        var barred = new FaultAccess.Barred("This is a recording; nothing can go wrong in it any more.", "");
        return start(options.with(barred).with(recording.access()), recording);
    }

    private static Dashboard start(DashboardOptions options, @Nullable Recording recording) throws TransportException {
        FreePorts.demand(options.listener());
        Dashboard dashboard = new Dashboard(options, recording);
        try {
            dashboard.begin();
        } catch (TransportException e) {
            dashboard.close();
            throw e;
        }
        return dashboard;
    }

    private void begin() throws TransportException {
        Loop loop = loops.of(0);
        port = Listening.on(loop, options.listener(), api::handle);
        loop.execute(() -> {
            watch.begin(options.nodes());
            updates.begin();
        });
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public NodeId listener() {
        return new NodeId(options.listener().host(), port);
    }

    @Override
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
