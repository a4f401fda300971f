package dev.hearsay.core.state;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import java.util.Set;
import java.util.TreeSet;

/** Keeps away what was written by clocks too far ahead of this node's, and says so, but not each time: it is offered again and again until the time has come. */
final class ClockSkewFilter {

    private static final long SILENCE_NANOS = 60_000_000_000L;
    private static final long SECOND_MICROS = 1_000_000L;
    private static final long[] SPANS = {86_400, 3_600, 60, 1};
    private static final String[] NAMES = {"days", "hours", "minutes", "seconds"};
    private static final int WRITERS_MAX = 16;

    private final HybridClock clock;
    private final long limitMicros;
    private final Set<NodeId> writers = new TreeSet<>();
    private long count;
    private long untold;
    private long farthestMicros;
    private boolean hasSpoken;
    private long spokenNanos;

    ClockSkewFilter(HybridClock clock, long limitMicros) {
        this.clock = clock;
        this.limitMicros = limitMicros;
    }

    /** How often something was kept away. */
    long count() {
        return count;
    }

    /** Whether a stamp that was just met is too far ahead. */
    boolean isAhead(Stamp stamp) {
        boolean isAhead = clock.isAhead(stamp);
        if (isAhead) {
            count++;
            untold++;
            farthestMicros = Math.max(farthestMicros, stamp.micros() - clock.wallMicros());
            if (writers.size() < WRITERS_MAX) {
                writers.add(stamp.writer());
            }
        }
        return isAhead;
    }

    /** Says what has been kept away, if anything was and it was not said a short while ago. */
    void say(long nowNanos, NodeId from, Effects effects) {
        if (untold == 0 || (hasSpoken && nowNanos - spokenNanos < SILENCE_NANOS)) {
            return;
        }
        hasSpoken = true;
        spokenNanos = nowNanos;
        String many = writers.size() < WRITERS_MAX ? Integer.toString(writers.size()) : "many";
        String whose = writers.size() == 1
                ? "the clock of " + writers.iterator().next() + " is " + span(farthestMicros)
                        + " ahead of this node's; one of the two is wrong"
                : "the clocks of " + many + " nodes are up to " + span(farthestMicros)
                        + " ahead of this node's, which is probably behind; set it";
        effects.tell(new Lifecycle.Refused(untold + (untold == 1 ? " entry" : " entries") + " from " + from
                + (writers.size() == 1 ? "" : " and others") + ": " + whose + " (at most " + span(limitMicros)
                + " are allowed)"));
        writers.clear();
        untold = 0;
        farthestMicros = 0;
    }

    /** In the largest unit of which there are two. */
    static String span(long micros) {
        long seconds = micros / SECOND_MICROS;
        int unit = 0;
        while (unit < SPANS.length - 1 && seconds < 2 * SPANS[unit]) {
            unit++;
        }
        return seconds / SPANS[unit] + " " + NAMES[unit];
    }
}
