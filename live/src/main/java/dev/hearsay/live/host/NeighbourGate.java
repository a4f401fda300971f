package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.transport.Addresses;
import java.io.IOException;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits for the neighbours that other processes run: when a whole network starts, some are slower than others. */
final class NeighbourGate {

    private static final int CONNECT_MILLIS_MAX = 500;
    private static final long PAUSE_MILLIS = 50;

    private NeighbourGate() {}

    /** Returns when every neighbour of every node listens, or the time is over. */
    static void await(HostOptions options) throws HostException {
        long deadline = System.nanoTime() + options.awaitNeighbours().toNanos();
        Set<NodeId> awaited = new HashSet<>();
        options.nodes().forEach(node -> awaited.addAll(node.neighbours()));
        options.nodes().forEach(node -> awaited.remove(node.address()));
        while (!awaited.isEmpty() && System.nanoTime() - deadline < 0) {
            awaited.removeIf(NeighbourGate::listens);
            try {
                TimeUnit.MILLISECONDS.sleep(awaited.isEmpty() ? 0 : PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new HostException(HostException.Code.FAILED, "the start was interrupted", e);
            }
        }
    }

    private static boolean listens(NodeId node) {
        try (Socket socket = Addresses.connect(node.host(), node.port(), CONNECT_MILLIS_MAX)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
