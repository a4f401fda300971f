package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A network of two nodes in this process, to exercise commands on. */
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
        new ForegroundHost(directory, options, true).run(() -> {
            work.run();
            LiveNetwork network = LiveNetwork.running(console, directory.name());
            network.order(network.liveHosts().getFirst(), "/stop").post("{}");
        });
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
