package dev.hearsay.live.api;

import dev.hearsay.core.NodeId;
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

    /** What it has counted; null if it counts nothing. */
    @Nullable
    NodeMetrics metrics();
}
