package dev.hearsay.live.node;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Machine;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.log.RateLimit;

/** What a node tells: goes into its ring and to all who listen. Used on the node's loop only. */
final class NodeEvents {

    /** Strangers may be quoted in what is refused, and none at length. */
    private static final int REASON_MAX = 1000;

    private final WallClock clock;
    private final Machine machine;
    private final EventRing ring;
    private final Readiness readiness;
    private final NodeListener listener;
    private final Watchers watchers;
    private final RateLimit refusals = RateLimit.strict();
    private long atMicros;

    NodeEvents(
            WallClock clock,
            Machine machine,
            EventRing ring,
            Readiness readiness,
            NodeListener listener,
            Watchers watchers) {
        this.clock = clock;
        this.machine = machine;
        this.ring = ring;
        this.readiness = readiness;
        this.listener = listener;
        this.watchers = watchers;
    }

    /** The time now, which is that of all that is told until it is asked for again. */
    long now() {
        atMicros = clock.micros();
        return atMicros;
    }

    EventRing ring() {
        return ring;
    }

    void tell(Event event) {
        if (event instanceof Lifecycle.Refused(String reason)) {
            listener.onRefused();
            String brief = reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX) + "…";
            refusals.next(System.nanoTime(), brief).ifPresent(words -> record(new Lifecycle.Refused(words)));
        } else {
            record(event);
        }
    }

    private void record(Event event) {
        ring.add(atMicros, event);
        if (event instanceof RumorProtocol.Delivered delivered && machine instanceof Node node) {
            RumorLog.Entry entry = node.log().find(delivered.id());
            // It may have been forgotten in the very step in which it came.
            if (entry != null) {
                listener.onDelivered(entry);
            }
        }
        readiness.heard(event);
        listener.onEvent(atMicros, event);
        watchers.callAtTurnEnd();
    }
}
