package dev.hearsay.live.metrics;

import dev.hearsay.core.math.Ranges;
import java.util.LinkedHashMap;
import java.util.function.LongConsumer;

/** When versions came that are not committed yet. A member that is down for long lets them grow many: the oldest are then let go of, unmeasured. */
final class OpenVersions {

    private static final int VERSIONS_MAX = 10_000;

    private final LinkedHashMap<Long, Long> sinceMicros = new LinkedHashMap<>();

    void received(long version, long atMicros) {
        sinceMicros.put(version, atMicros);
        if (sinceMicros.size() > VERSIONS_MAX) {
            sinceMicros.pollFirstEntry();
        }
    }

    /** Tells, for each of these versions, how long it took, in microseconds. */
    void committed(Ranges versions, long atMicros, LongConsumer onDelay) {
        sinceMicros.entrySet().removeIf(entry -> {
            boolean isCommitted = versions.contains(entry.getKey());
            if (isCommitted) {
                onDelay.accept(Math.max(0, atMicros - entry.getValue()));
            }
            return isCommitted;
        });
    }
}
