package dev.hearsay.live.metrics;

import dev.hearsay.core.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/** When this node began to suspect others of being dead, until that is settled. */
final class Detections {

    /** More than a node ever has neighbours; what is older is of nodes that nobody has settled anything about. */
    private static final int OPEN_MAX = 1024;

    /** What it answers when there was no suspicion. */
    static final long UNKNOWN = -1;

    private final Map<NodeId, Long> sinceMicros = new LinkedHashMap<>(0);

    /** Only the first suspicion counts until it is over. */
    void suspected(NodeId node, long atMicros) {
        sinceMicros.putIfAbsent(node, atMicros);
        if (sinceMicros.size() > OPEN_MAX) {
            sinceMicros.remove(sinceMicros.keySet().iterator().next());
        }
    }

    /** The node lives. */
    void cleared(NodeId node) {
        sinceMicros.remove(node);
    }

    /** How long ago the suspicion began, which goes on, or {@link #UNKNOWN}. */
    long sinceMicros(NodeId node, long atMicros) {
        Long since = sinceMicros.get(node);
        return since == null ? UNKNOWN : Math.max(0, atMicros - since);
    }

    /** The same, and the suspicion is over. */
    long endedMicros(NodeId node, long atMicros) {
        long micros = sinceMicros(node, atMicros);
        sinceMicros.remove(node);
        return micros;
    }
}
