package dev.hearsay.live.node;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Microseconds since 1970 that never go backwards. The machine's clock is read now and then, and in between time is counted
 * by the monotonic one: that is cheap, its steps are fine, and a clock that is set back does not turn the order of events
 * around.
 */
public final class WallClock {

    private static final long ANCHOR_NANOS_MAX = 10_000_000_000L;
    private static final long NANOS_PER_MICRO = 1000;

    /** A moment by both clocks. */
    private record Anchor(long micros, long nanos) {
        long microsAt(long nowNanos) {
            return micros + (nowNanos - nanos) / NANOS_PER_MICRO;
        }
    }

    private final Clock wall;
    private final LongSupplier nanos;
    private volatile Anchor anchor;

    public WallClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    WallClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.anchor = new Anchor(micros(wall.instant()), nanos.getAsLong());
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / NANOS_PER_MICRO;
    }

    /** The time, microseconds since 1970. May be asked from any thread. */
    public long micros() {
        Anchor current = anchor;
        long nowNanos = nanos.getAsLong();
        if (nowNanos - current.nanos > ANCHOR_NANOS_MAX) {
            current = anchorAgain();
            nowNanos = Math.max(nowNanos, current.nanos);
        }
        return current.microsAt(nowNanos);
    }

    private synchronized Anchor anchorAgain() {
        long nowNanos = nanos.getAsLong();
        Anchor current = anchor;
        if (nowNanos - current.nanos > ANCHOR_NANOS_MAX) {
            current = new Anchor(Math.max(micros(wall.instant()), current.microsAt(nowNanos)), nowNanos);
            anchor = current;
        }
        return current;
    }
}
