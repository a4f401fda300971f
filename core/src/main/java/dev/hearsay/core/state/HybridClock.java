package dev.hearsay.core.state;

import dev.hearsay.core.Context;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;

/**
 * A hybrid logical clock (Kulkarni, Demirbas et al., <i>Logical physical clocks</i>, OPODIS 2014, section 4). It does not go back when the wall clock does a
 * little, and is never behind anything that the node has believed: of two writes of which one knew the other, the later one has the later stamp.
 *
 * <p>What is further ahead of this node's own wall clock than a limit is not believed, as the paper proposes in section 4.1: else a single wrong clock, or a
 * single lie, would set the clocks of all. By the same limit a node whose own clock was ahead and is set right forgets what it thought.
 */
final class HybridClock {

    /** In the year 2255. */
    private static final long CLOCK_MICROS_MAX = 1L << 53;

    private final NodeId self;
    private final Context context;
    private final long aheadMicrosMax;
    private long micros;
    private long count;

    HybridClock(NodeId self, Context context, long aheadMicrosMax) {
        this.self = self;
        this.context = context;
        this.aheadMicrosMax = aheadMicrosMax;
    }

    /** This node's own wall clock, on which nobody else has any influence. */
    long wallMicros() {
        return Math.max(0, context.wallMicros());
    }

    /** Whether a stamp is so far ahead of this node's wall clock that one of the two clocks must be wrong. */
    boolean isAhead(Stamp stamp) {
        return stamp.micros() - wallMicros() > aheadMicrosMax;
    }

    /** Whether this node's wall clock has been set back since the stamp was made: it is ahead, but by no more than a clock of these centuries can be. */
    boolean isSetBackSince(Stamp stamp) {
        return isAhead(stamp) && stamp.micros() < CLOCK_MICROS_MAX;
    }

    /** A stamp later than all that was observed. It never overflows: beyond the last count comes the next microsecond. */
    Stamp next() {
        forgetWhatIsAhead();
        long wall = wallMicros();
        if (wall > micros) {
            micros = wall;
            count = 0;
        } else if (count < Long.MAX_VALUE) {
            count++;
        } else if (micros < Long.MAX_VALUE) {
            micros++;
            count = 0;
        }
        return new Stamp(micros, count, self);
    }

    /** Takes note of another's stamp, if it can be believed. */
    void observe(Stamp stamp) {
        if (isAhead(stamp)) {
            return;
        }
        forgetWhatIsAhead();
        if (stamp.micros() > micros) {
            micros = stamp.micros();
            count = stamp.count();
        } else if (stamp.micros() == micros) {
            count = Math.max(count, stamp.count());
        }
    }

    private void forgetWhatIsAhead() {
        if (micros - wallMicros() > aheadMicrosMax) {
            micros = 0;
            count = 0;
        }
    }
}
