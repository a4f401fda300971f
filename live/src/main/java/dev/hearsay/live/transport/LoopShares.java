package dev.hearsay.live.transport;

import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.MessageJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the endpoints of one loop share: buffers for JSON, and the timer that looks after them. */
final class LoopShares {

    private static final long SWEEP_MILLIS = 1000;

    /** Something that wants to be looked after. */
    interface Swept {

        /** Closes what has taken too long; called every second. */
        void sweep(long nowNanos);

        boolean isClosed();
    }

    /** The share of one loop; used on it only. */
    static final class Share {
        final MessageJson json = new MessageJson();
        private final List<Swept> swept = new ArrayList<>();

        void add(Swept one) {
            swept.add(one);
        }

        private void sweep(long nowNanos) {
            swept.removeIf(Swept::isClosed);
            swept.forEach(one -> one.sweep(nowNanos));
        }
    }

    private final Map<Loop, Share> shares = new ConcurrentHashMap<>();

    /** This loop's share; must be called on the loop. */
    Share of(Loop loop) {
        return shares.computeIfAbsent(loop, key -> {
            Share share = new Share();
            key.vertx().setPeriodic(SWEEP_MILLIS, ignored -> share.sweep(System.nanoTime()));
            return share;
        });
    }
}
