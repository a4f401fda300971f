package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Asks whether a node could listen somewhere, before anything is made for it that would be left behind. */
public final class FreePorts {

    private FreePorts() {}

    /**
     * Listens there for a moment.
     *
     * @throws TransportException if nobody can
     */
    public static void demand(NodeId address) throws TransportException {
        try (ServerSocket socket = new ServerSocket()) {
            // Ports whose connections are only waiting out their time are free; servers take them like this too.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()), 1);
        } catch (IOException e) {
            throw TransportException.cannotListen(address, e);
        }
    }
}
