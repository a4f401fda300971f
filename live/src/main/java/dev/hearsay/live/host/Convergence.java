package dev.hearsay.live.host;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.spread.Coverage;
import dev.hearsay.live.loop.Loop;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the events of all nodes of a host together, to find out when a rumor has reached every one. Each loop gathers its
 * nodes' events and hands them over once a turn, so that loops seldom wait for each other.
 */
final class Convergence {

    private static final int RUMORS_MAX = 65536;

    private record Seen(long atMicros, NodeId node, Event event) {}

    /** What the nodes of one loop have told in this turn; used on that loop only. */
    final class Feed {
        private final Loop loop;
        private final Runnable handOver = this::handOver;
        private List<Seen> gathered = new ArrayList<>();

        private Feed(Loop loop) {
            this.loop = loop;
        }

        void add(long atMicros, NodeId node, Event event) {
            if (!counts(event)) {
                return;
            }
            if (gathered.isEmpty()) {
                loop.atTurnEnd(handOver);
            }
            gathered.add(new Seen(atMicros, node, event));
        }

        private void handOver() {
            take(gathered);
            gathered.clear();
        }
    }

    private final Coverage coverage;

    Convergence(Coverage.Listener listener) {
        coverage = new Coverage(RUMORS_MAX, false, listener);
    }

    /** A node that is about to start is waited for as if it had. */
    synchronized void include(NodeId node) {
        coverage.include(node);
    }

    Feed feed(Loop loop) {
        return new Feed(loop);
    }

    private synchronized void take(List<Seen> gathered) {
        for (int i = 0; i < gathered.size(); i++) {
            Seen seen = gathered.get(i);
            coverage.observe(seen.atMicros, seen.node, seen.event);
        }
    }

    private static boolean counts(Event event) {
        return event instanceof RumorProtocol.Delivered
                || event instanceof RumorProtocol.Duplicate
                || event instanceof RumorProtocol.Published
                || event instanceof Lifecycle.Started
                || event instanceof Lifecycle.Stopped
                || event instanceof Lifecycle.Departed;
    }
}
