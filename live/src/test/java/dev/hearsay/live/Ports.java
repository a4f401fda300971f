package dev.hearsay.live;

import dev.hearsay.core.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on loopback, from below those that the system gives to outgoing connections. */
public final class Ports {

    private static final int FIRST = 20000;
    private static final int LAST = 32000;

    private Ports() {}

    public static NodeId free() {
        return free(1).getFirst();
    }

    /** So many addresses in a row whose ports are free at this moment. */
    public static List<NodeId> free(int count) {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(FIRST, LAST - count);
            List<NodeId> nodes = new ArrayList<>();
            while (nodes.size() < count && isFree(base + nodes.size())) {
                nodes.add(new NodeId("127.0.0.1", base + nodes.size()));
            }
            if (nodes.size() == count) {
                return nodes;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
