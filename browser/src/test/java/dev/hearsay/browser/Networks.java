package dev.hearsay.browser;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.Overlays;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Networks over real sockets in this process. */
final class Networks {

    private static final int PORT_FIRST = 20_000;
    /** Above are those that the system gives to outgoing connections. */
    private static final int PORT_LAST = 32_000;

    private Networks() {}

    /** So many nodes, each with three neighbours by chance, always the same ones. */
    static Host ofNodes(int count) throws Exception {
        Graph graph = Overlays.build(OverlaySpec.parse("random:3"), count, new Random64(7))
                .graph();
        List<NodeId> addresses = freePorts(count);
        List<HostOptions.Member> members = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            members.add(new HostOptions.Member(node + 1, addresses.get(node), graph.neighbours(node, addresses)));
        }
        return Host.start(HostOptions.inMemory(members));
    }

    /** Seeds and peers that register with them; their keys are kept in the directory. */
    static Host ofSeedsAndPeers(int seeds, int peers, Path directory) throws Exception {
        List<NodeId> ports = freePorts(2 * seeds + peers);
        SeededDirectory files = new SeededDirectory(directory);
        Map<NodeId, @Nullable PublicKey> keys = new LinkedHashMap<>();
        Map<NodeId, Integer> seedPorts = new LinkedHashMap<>();
        List<HostOptions.Member> members = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            NodeId seed = ports.get(i);
            keys.put(seed, KeyFile.readOrCreate(files.key(seed, true)).publicKey());
            seedPorts.put(seed, ports.get(seeds + i).port());
            members.add(new HostOptions.Member(NodeName.seed(i + 1), seed, List.of()));
        }
        for (int i = 0; i < peers; i++) {
            members.add(new HostOptions.Member(i + 1, ports.get(2 * seeds + i), List.of()));
        }
        SeedConfig config = new SeedConfig(keys, seedPorts);
        return Host.start(HostOptions.seeded(
                members, new HostOptions.Seeding(config, SeededSettings.of(Profile.CONSENSUS), files, null, false)));
    }

    /** So many addresses in a row whose ports are free at this moment. */
    static List<NodeId> freePorts(int count) {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(PORT_FIRST, PORT_LAST - count);
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
