package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.seeded.SeedConfigs;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import java.nio.file.Path;
import java.util.List;

/** What a host of a network runs, as the network's description says. */
final class HostPlan {

    private HostPlan() {}

    /**
     * The options of a host.
     *
     * @param host its name
     */
    static HostOptions of(NetworkDirectory directory, NetworkFile file, String host) {
        boolean runsAll = host.equals(HostFile.ALL);
        List<NodeName> nodes = runsAll ? List.of() : List.of(NodeName.parse(host));
        NetworkFile.Seeded seeded = file.seeded();
        if (seeded == null) {
            return HostOptions.of(file, host, nodes, runsAll ? directory.data() : directory.data(host));
        }
        var seeding = new HostOptions.Seeding(
                SeedConfigs.read(seeded.config()), seeded.settings(), seeded.files(), null, runsAll);
        return HostOptions.of(file, host, nodes, data(file, seeded, nodes), seeding);
    }

    private static Path data(NetworkFile file, NetworkFile.Seeded seeded, List<NodeName> nodes) {
        if (nodes.isEmpty()) {
            return seeded.files().data(HostFile.ALL);
        }
        NetworkFile.Entry entry = file.find(nodes.getFirst())
                .orElseThrow(() -> Failure.usage("There is no node " + nodes.getFirst() + ".", ""));
        return seeded.files().data(entry.address(), entry.node().isSeed());
    }
}
