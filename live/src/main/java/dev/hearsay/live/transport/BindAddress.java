package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;

/**
 * Where nodes listen, when that is not the address at which others reach them: in a container a node is called by a name that
 * stands for one of several interfaces, or for none yet.
 *
 * @param host an address of this machine, such as {@code 0.0.0.0} for all; empty for each node's own
 */
public record BindAddress(String host) {

    /** Each node listens at its own address. */
    public static final BindAddress OWN = new BindAddress("");

    /** Where a node with this address listens. */
    public NodeId of(NodeId node) {
        return host.isEmpty() ? node : new NodeId(host, node.port());
    }
}
