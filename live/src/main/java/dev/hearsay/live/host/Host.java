package dev.hearsay.live.host;

import java.util.List;

/**
 * Nodes in this process: starts them, stops them, and takes orders about them.
 *
 * <p>{@snippet :
 * try (Host host = Host.start(HostOptions.inMemory(nodes))) {
 *     host.node(1).publish("hello".getBytes(StandardCharsets.UTF_8)).toCompletableFuture().join();
 * }
 * }
 */
@SuppressWarnings("DoNotCallSuggester") // the outline of what is to come
public final class Host implements AutoCloseable {

    private Host() {}

    /**
     * Starts a host and returns when all its nodes are ready: they listen, and are linked to their neighbours.
     *
     * @throws HostException with one sentence for people, if it cannot; nothing is left running then
     */
    public static Host start(HostOptions options) throws HostException {
        throw new UnsupportedOperationException();
    }

    /** Where the host takes orders, on loopback; 0 if it takes none. */
    public int controlPort() {
        return 0;
    }

    /** What an order must carry. */
    public String controlToken() {
        return "";
    }

    /** The nodes, stopped ones included, by number. */
    public List<HostedNode> nodes() {
        return List.of();
    }

    /**
     * The node of that number.
     *
     * @throws HostException if there is none here
     */
    public HostedNode node(int number) throws HostException {
        throw new HostException(HostException.Code.NO_SUCH_NODE, "node " + number + " is not on this host");
    }

    /** Adds a node and starts it; returns when it listens. */
    public HostedNode add(HostOptions.Member member) throws HostException {
        throw new UnsupportedOperationException();
    }

    /** Waits until the host has stopped, by {@link #close} or by an order. */
    public void awaitStopped() throws InterruptedException {}

    /** Stops all nodes and lets go of every port and file. Does nothing the second time. */
    @Override
    public void close() {}
}
