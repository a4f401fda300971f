package dev.hearsay.cli.network;

import dev.hearsay.core.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the nodes are called whose addresses come from elsewhere. */
final class NodeNames {

    private final Map<NodeId, String> names = new HashMap<>();

    /** The names of a network's nodes, removed ones included; with no network, every node is called by its address. */
    NodeNames(Optional<LiveNetwork> network) {
        network.ifPresent(known -> known.file()
                .nodes()
                .forEach(entry -> names.put(entry.address(), entry.node().toString())));
    }

    String of(NodeId address) {
        return names.getOrDefault(address, address.toString());
    }

    /** The name of the node at that address; the text itself if it is none. */
    String of(String address) {
        try {
            return of(NodeId.parse(address));
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    boolean knows(String address) {
        return !of(address).equals(address);
    }
}
