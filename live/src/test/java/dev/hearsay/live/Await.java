package dev.hearsay.live;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 2_000_000;

    private Await() {}

    /** Returns when the condition holds; fails if it takes longer than anything sensible can. */
    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    public static void until(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for this: " + what.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
