package dev.hearsay.live.network;

import dev.hearsay.core.NodeId;
import java.nio.file.Path;

/**
 * Where the files of a network with seeds lie, be it launched as a whole or process by process: {@code config.txt} and the logs, which people read,
 * and {@code gossip-data}, in which every peer and seed has a folder with its key and its store.
 */
public record SeededDirectory(Path path) {

    /** Which seeds there are. */
    public Path config() {
        return path.resolve("config.txt");
    }

    /** What the nodes remember. */
    public Path data() {
        return path.resolve("gossip-data");
    }

    /** The store of a process that runs the whole network. */
    public Path data(String host) {
        return data().resolve(host);
    }

    /** The store of a node that is a process of its own. */
    public Path data(NodeId node, boolean isSeed) {
        // Not every file system takes the colons of an IPv6 address.
        return data().resolve((isSeed ? "seed_" : "peer_") + node.host().replace(':', '-') + "_" + node.port());
    }

    /** The key of a node. */
    public Path key(NodeId node, boolean isSeed) {
        return data(node, isSeed).resolve("key");
    }
}
