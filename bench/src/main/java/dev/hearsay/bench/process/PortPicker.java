package dev.hearsay.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback that nobody listens on. */
public final class PortPicker {

    private static final int LOWEST = 20_000;
    /** Above are those that systems give to outgoing connections. */
    private static final int HIGHEST = 32_000;

    private static final int TRIES = 1_000;

    private PortPicker() {}

    /** The first of so many consecutive ports that are free now. */
    public static int freeRange(int count) {
        for (int i = 0; i < TRIES; i++) {
            int base = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - count);
            if (isFree(base, count)) {
                return base;
            }
        }
        throw new IllegalStateException(
                "found no " + count + " consecutive free ports between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int base, int count) {
        for (int port = base; port < base + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
