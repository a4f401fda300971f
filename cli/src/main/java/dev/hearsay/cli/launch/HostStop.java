package dev.hearsay.cli.launch;

import dev.hearsay.live.network.HostFile;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Ends host processes: politely, then less so. Only processes that are the ones on record are touched. */
public final class HostStop {

    private static final long ORDER_SECONDS = 15;
    private static final long SIGNAL_SECONDS = 5;
    private static final long POLL_MILLIS = 5;

    private HostStop() {}

    /**
     * Ends hosts; returns when none of them is alive.
     *
     * @param order asks one host to stop; may fail, as a host that hangs does not listen
     */
    public static void all(List<HostFile> hosts, Consumer<HostFile> order) throws InterruptedException {
        List<Thread> orders = hosts.stream()
                .map(host -> Thread.ofVirtual().start(() -> order.accept(host)))
                .toList();
        for (Thread each : orders) {
            each.join(TimeUnit.SECONDS.toMillis(ORDER_SECONDS));
        }
        if (await(hosts, ORDER_SECONDS)) {
            return;
        }
        hosts.forEach(host -> host.handle().ifPresent(ProcessHandle::destroy));
        if (await(hosts, SIGNAL_SECONDS)) {
            return;
        }
        hosts.forEach(host -> host.handle().ifPresent(ProcessHandle::destroyForcibly));
        await(hosts, SIGNAL_SECONDS);
    }

    /** Ends a process that runs no nodes, and so takes no orders. */
    public static void quickly(HostFile host) throws InterruptedException {
        host.handle().ifPresent(ProcessHandle::destroy);
        if (!await(List.of(host), SIGNAL_SECONDS)) {
            host.handle().ifPresent(ProcessHandle::destroyForcibly);
            await(List.of(host), SIGNAL_SECONDS);
        }
    }

    private static boolean await(List<HostFile> hosts, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (hosts.stream().anyMatch(HostFile::isAlive)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
