package dev.hearsay.core.state;

import dev.hearsay.core.Context;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;

/**
 * A hybrid logical clock (Kulkarni, Demirbas et al., <i>Logical physical clocks</i>, OPODIS 2014, section 4). It never goes back, though the wall clock may, and
 * is never behind anything that the node has seen: of two writes of which one knew the other, the later one has the later stamp, whatever the clocks
 * of their machines say.
 */
final class HybridClock {

    private final NodeId self;
    private final Context context;
    private long micros;
    private long count;

    HybridClock(NodeId self, Context context) {
        this.self = self;
        this.context = context;
    }

    /** Microseconds since 1970, as far as this node and those it heard of agree. */
    long nowMicros() {
        return Math.max(micros, context.wallMicros());
    }

    Stamp next() {
        long now = nowMicros();
        count = now > micros ? 0 : count + 1;
        micros = now;
        return new Stamp(micros, count, self);
    }

    /** Takes note of another's stamp. */
    void observe(Stamp stamp) {
        if (stamp.micros() > micros) {
            micros = stamp.micros();
            count = stamp.count();
        } else if (stamp.micros() == micros) {
            count = Math.max(count, stamp.count());
        }
    }
}
