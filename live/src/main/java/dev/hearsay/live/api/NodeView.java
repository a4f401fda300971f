package dev.hearsay.live.api;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultApi;
import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.metrics.NodeMetrics;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.node.NodeDriver;
import org.jspecify.annotations.Nullable;

/** A node, as its pages see it. */
public interface NodeView {

    NodeName name();

    NodeId address();

    /** Its present life; null while it does not run. */
    @Nullable
    NodeDriver driver();

    /** How the overlay was drawn; empty if nobody knows. */
    String topology();

    int payloadBytesMax();

    /** Who brings it may order faults here; null for nobody. */
    @Nullable
    BearerToken faultToken();

    FaultApi faults();

    /** Whether what is put to {@code /gossip} are versions, and no messages. */
    boolean takesVersions();

    /** What it has counted; null if it counts nothing. */
    @Nullable
    NodeMetrics metrics();
}
