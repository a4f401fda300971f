package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host answers to {@code GET /status}.
 *
 * @param faults the ids of those in force
 */
public record HostStatus(String host, List<String> notices, List<String> faults, List<One> nodes) {

    /**
     * One of its nodes.
     *
     * @param state {@code running}, {@code paused} or {@code stopped}
     * @param messages null of a seed
     * @param members null of a node that gossips
     * @param since when it was started, ISO 8601; null if it is stopped
     */
    public record One(
            NodeName node,
            NodeId address,
            String state,
            @Nullable Long messages,
            @Nullable Long members,
            @Nullable String since) {}

    /** Orders to a host, and what it answers. */
    public static final RecordJson JSON =
            new RecordJson().text(NodeName.class, NodeName::parse).nullable(One.class, "messages", "members", "since");

    /** Reads an answer. */
    public static HostStatus read(JsonObject json) throws WireException {
        return JSON.read(HostStatus.class, json);
    }
}
