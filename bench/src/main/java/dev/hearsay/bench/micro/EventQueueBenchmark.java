package dev.hearsay.bench.micro;

import dev.hearsay.core.Random64;
import dev.hearsay.sim.queue.CalendarQueue;
import dev.hearsay.sim.queue.EventQueue;
import dev.hearsay.sim.queue.HeapQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The hold model (Jones, <i>An empirical comparison of priority-queue implementations</i>, 1986): take one event, add one later. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventQueueBenchmark {

    /** The two forms of the queue. */
    public enum Form {
        HEAP,
        CALENDAR
    }

    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    @Param
    public Form form = Form.HEAP;

    /** How many events are waiting. */
    @Param({"1000", "1000000"})
    public int waiting;

    private final Random64 random = new Random64(1);
    private final Object what = new Object();
    private EventQueue queue = new HeapQueue();

    @Setup(Level.Trial)
    public void fill() {
        queue = switch (form) {
            case HEAP -> new HeapQueue();
            case CALENDAR -> new CalendarQueue(DELAY_NANOS);
        };
        for (int i = 0; i < waiting; i++) {
            queue.add(random.nextLong(2 * DELAY_NANOS), i, i, what);
        }
    }

    @Benchmark
    public int hold() {
        queue.next();
        int node = queue.node();
        queue.add(queue.atNanos() + random.nextLong(2 * DELAY_NANOS), node, node, what);
        return node;
    }
}
