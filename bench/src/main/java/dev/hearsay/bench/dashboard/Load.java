package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.process.Broadcasts;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A message a second, from one node after the other, until it is closed. */
final class Load implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger next = new AtomicInteger();

    Load(Broadcasts broadcasts) {
        clock.scheduleAtFixedRate(() -> broadcasts.publish(next.getAndIncrement()), 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        clock.close();
    }
}
