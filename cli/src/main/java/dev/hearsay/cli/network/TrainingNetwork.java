package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Small networks in this process, to exercise commands and hosts on. */
public final class TrainingNetwork {

    private static final int NODES = 2;

    private TrainingNetwork() {}

    /** Runs the network, does the work, and stops it. */
    public static void run(Console console, int basePort, Runnable work) throws IOException, InterruptedException {
        NetworkDirectory directory = LiveNetwork.directory(console, NetworkDirectory.DEFAULT_NAME);
        directory.create();
        var overlay = NetworkPlan.draw(new OverlaySpec.Circular(), NODES, 1);
        NetworkFile file =
                NetworkPlan.file(directory.name(), overlay, new SpreadSpec.Flood(), 1, basePort, false, false);
        directory.write(file);
        HostLog.toFile(directory.log(HostFile.ALL));
        HostOptions options = HostPlan.of(directory, file, HostFile.ALL);
        new ForegroundHost(directory, file, options, true, null).run(host -> {
            work.run();
            LiveNetwork network = LiveNetwork.running(console, directory.name());
            network.order(network.liveHosts().getFirst(), "/stop").post("{}");
        });
    }

    /** Runs a seed and two peers in this process, over sockets and with stores in the folder, until a message was sent. */
    public static void runSeeded(Path folder) throws IOException, HostException {
        List<NodeId> addresses = freeAddresses(4);
        NodeId seed = addresses.getFirst();
        SeededDirectory files = new SeededDirectory(folder);
        SeedConfig config = new SeedConfig(
                Collections.singletonMap(
                        seed, KeyFile.readOrCreate(files.key(seed, true)).publicKey()),
                Map.of(seed, addresses.get(1).port()));
        List<HostOptions.Member> members = List.of(
                new HostOptions.Member(NodeName.seed(1), seed, List.of()),
                new HostOptions.Member(1, addresses.get(2), List.of()),
                new HostOptions.Member(2, addresses.get(3), List.of()));
        var seeding = new HostOptions.Seeding(config, SeededSettings.of(Profile.CONSENSUS), files, null, false);
        HostOptions options = HostOptions.seeded(members, seeding)
                .withData(files.data(HostFile.ALL))
                .withControl(true);
        try (Host host = Host.start(options)) {
            host.node(1).publish(new byte[] {'a'}).toCompletableFuture().join();
        }
    }

    private static List<NodeId> freeAddresses(int count) throws IOException {
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(new ServerSocket(0, 1, InetAddress.ofLiteral(NetworkPlan.HOST)));
            }
            return open.stream()
                    .map(socket -> new NodeId(NetworkPlan.HOST, socket.getLocalPort()))
                    .toList();
        } finally {
            for (ServerSocket socket : open) {
                socket.close();
            }
        }
    }

    /** A port after which so many are free, as the system sees it at this moment. */
    public static int freeBasePort() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.ofLiteral(NetworkPlan.HOST));
                    ServerSocket _ =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.ofLiteral(NetworkPlan.HOST))) {
                return first.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException ignored) {
                // The next number has an owner, or does not exist; the system will think of another.
            }
        }
    }
}
