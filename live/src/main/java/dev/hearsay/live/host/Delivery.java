package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;

/**
 * A message that has reached a node from another one.
 *
 * @param origin who published it
 * @param payload the message itself; shared, nobody may write to it
 * @param hops links it has crossed
 * @param receivedMicros when it came, microseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // shared, and nobody compares it
public record Delivery(RumorId id, NodeId origin, byte[] payload, int hops, long receivedMicros) {}
