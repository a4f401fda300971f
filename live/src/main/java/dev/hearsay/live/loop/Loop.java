package dev.hearsay.live.loop;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop. What runs on it runs on one thread, and must not block it.
 *
 * <p>Only {@link #execute} and {@link #call} may be called from other threads.
 */
public final class Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final Context context;
    private List<Runnable> atTurnEnd = new ArrayList<>();
    private List<Runnable> spare = new ArrayList<>();

    Loop(Context context) {
        this.vertx = context.owner();
        this.context = context;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Runs the task on this loop, soon; never, if the loop has ended: then nobody is left who waits for it. */
    public void execute(Runnable task) {
        try {
            context.runOnContext(ignored -> task.run());
        } catch (RejectedExecutionException e) {
            LOG.debug("A task came after the end of its loop", e);
        }
    }

    /** Runs the task on this loop, soon, and answers with what it returns. */
    public <T> Future<T> call(Callable<T> task) {
        Promise<T> promise = Promise.promise();
        try {
            context.runOnContext(ignored -> {
                try {
                    promise.complete(task.call());
                } catch (Exception | StackOverflowError e) {
                    promise.fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            promise.fail(new IllegalStateException("the loop has ended", e));
        }
        return promise.future();
    }

    /**
     * Runs the task when what has already arrived at this loop has been dealt with: what is gathered until then, such as the
     * messages of a link, goes out as one.
     */
    public void atTurnEnd(Runnable task) {
        if (atTurnEnd.isEmpty()) {
            context.runOnContext(ignored -> endTurn());
        }
        atTurnEnd.add(task);
    }

    private void endTurn() {
        List<Runnable> due = atTurnEnd;
        atTurnEnd = spare;
        spare = due;
        for (int i = 0; i < due.size(); i++) {
            try {
                due.get(i).run();
            } catch (RuntimeException e) {
                LOG.error("A task at the end of a turn failed", e);
            }
        }
        due.clear();
    }

    /** Runs the task once, no earlier than after the delay; timers count in milliseconds. */
    public void after(long delayNanos, Runnable task) {
        long millis = Math.max(1, (delayNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        vertx.setTimer(millis, ignored -> task.run());
    }
}
