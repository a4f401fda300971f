package dev.hearsay.bench.micro;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is fed to codec and node: rumors of 64 bytes that have come over three nodes. */
final class Rumors {

    /** From whom they come. */
    static final NodeId SENDER = new NodeId("127.0.0.1", 7007);

    private static final NodeId PUBLISHER = new NodeId("127.0.0.1", 7001);
    private static final List<NodeId> PATH = List.of(PUBLISHER, new NodeId("127.0.0.1", 7004), SENDER);
    private static final byte[] PAYLOAD =
            "The quick brown fox jumps over the lazy dog, again and again ...".getBytes(StandardCharsets.US_ASCII);

    private Rumors() {}

    /** Its number among those of its origin, from 1. */
    static RumorProtocol.Gossip gossip(long sequence) {
        Rumor rumor =
                Rumor.of(new Outside().sha256(), new Origin(PUBLISHER, 1), sequence, Outside.WALL_MICROS, 1, PAYLOAD);
        return new RumorProtocol.Gossip(new RelayedRumor(rumor, PATH.size(), PATH));
    }
}
