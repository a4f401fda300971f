package dev.hearsay.bench.peers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what a system gives no notice of. */
final class Waiting {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private Waiting() {}

    /** Looks once a millisecond whether the condition holds, for two minutes at most. */
    static void until(String what, BooleanSupplier condition) throws TimeoutException {
        long deadlineNanos = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new TimeoutException("waited two minutes in vain until " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
