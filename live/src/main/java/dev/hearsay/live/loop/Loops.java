package dev.hearsay.live.loop;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The event loops of a host: few, however many nodes there are. */
public final class Loops implements AutoCloseable {

    /** More loops than this only get in each other's way, as nodes do little but talk. */
    private static final int LOOPS_MAX = 8;

    private static final long STALL_SECONDS = 5;

    private final Vertx vertx;
    private final List<Loop> loops;

    private Loops(Vertx vertx, List<Loop> loops) {
        this.vertx = vertx;
        this.loops = loops;
    }

    /**
     * Starts loops.
     *
     * @param count how many; 0 for as many as this machine can use
     */
    public static Loops start(int count) {
        int loops = count > 0 ? count : Math.min(LOOPS_MAX, Runtime.getRuntime().availableProcessors());
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setMaxEventLoopExecuteTime(STALL_SECONDS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                .setWarningExceptionTime(STALL_SECONDS)
                .setWarningExceptionTimeUnit(TimeUnit.SECONDS)
                .setBlockedThreadCheckInterval(STALL_SECONDS)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        List<Loop> started = new CopyOnWriteArrayList<>();
        vertx.deployVerticle(
                        () -> new AbstractVerticle() {
                            @Override
                            public void start() {
                                started.add(new Loop(context));
                            }
                        },
                        new DeploymentOptions().setInstances(loops))
                .await();
        return new Loops(vertx, Collections.unmodifiableList(started));
    }

    public Vertx vertx() {
        return vertx;
    }

    /** The loop for the node of that number, from 0. */
    public Loop of(int index) {
        return loops.get(Math.floorMod(index, loops.size()));
    }

    public int size() {
        return loops.size();
    }

    /** Stops the loops and closes every socket that is still open on them. */
    @Override
    public void close() {
        vertx.close().await();
    }
}
