package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.transport.FreePorts;
import dev.hearsay.live.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which ports are free. Asked before anything is started, as the answer is the same and comes sooner. */
public final class Ports {

    private static final int PORT_MAX = 65_535;
    private static final int STEP = 1000;

    private Ports() {}

    /**
     * Makes sure that nodes can listen at these addresses.
     *
     * @param basePort where the ports begin, to propose another one
     * @param option with which another one is chosen
     * @param home where all networks are described, to say whose port it is
     * @throws Failure if one of them is taken, saying which and by whom
     */
    public static void demandFree(List<NodeId> addresses, int basePort, String option, Path home) {
        for (NodeId address : addresses) {
            if (!isFree(address)) {
                String owner = networkAt(address, home)
                        .map(name -> "the network '" + name + "'")
                        .orElse("another program");
                throw new Failure(
                        ExitCode.TAKEN,
                        "port-taken",
                        "Port " + address.port() + " is taken by " + owner + ".",
                        proposal(addresses, basePort, option));
            }
        }
    }

    private static String proposal(List<NodeId> addresses, int basePort, String option) {
        int last = addresses.stream().mapToInt(NodeId::port).max().orElse(0) - basePort;
        return IntStream.iterate((basePort / STEP + 1) * STEP, base -> base + last <= PORT_MAX, base -> base + STEP)
                .filter(base ->
                        addresses.stream().allMatch(a -> isFree(new NodeId(a.host(), a.port() - basePort + base))))
                .mapToObj(base -> "Choose others, for example: " + option + " " + base)
                .findFirst()
                .orElse("Choose others with " + option + ".");
    }

    /** Whether a node can listen at this address now. */
    public static boolean isFree(NodeId address) {
        try {
            FreePorts.demand(address);
            return true;
        } catch (TransportException e) {
            return false;
        }
    }

    private static Optional<String> networkAt(NodeId address, Path home) {
        try {
            for (NetworkDirectory directory : NetworkDirectory.list(home)) {
                if (directory.liveHosts().isEmpty()) {
                    continue;
                }
                Optional<NetworkFile> file = directory.readNetwork();
                if (file.isPresent()
                        && file.get().present().stream()
                                .anyMatch(entry -> entry.address().equals(address))) {
                    return Optional.of(directory.name());
                }
            }
        } catch (IOException e) {
            // It is only to say more; whose port it is remains unknown.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
