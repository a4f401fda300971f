package dev.hearsay.cli.network;

import dev.hearsay.cli.output.Report;
import dev.hearsay.live.network.NetworkFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What commands that change one node have in common. */
final class NodeChange {

    /** What has become of a node. */
    record Changed(String node, String address, String state) {}

    private NodeChange() {}

    /** Puts the entry into the network's description, in place of the one with its number if there is one. */
    static void write(LiveNetwork network, NetworkFile.Entry entry) {
        List<NetworkFile.Entry> entries = new ArrayList<>(network.file().nodes());
        entries.removeIf(old -> old.node().equals(entry.node()));
        entries.add(entry);
        entries.sort(Comparator.comparing(NetworkFile.Entry::node));
        LiveNetwork.writing(() -> network.directory().write(network.file().with(entries)));
    }

    static Report<Changed> report(NetworkFile.Entry entry, String state, String sentence) {
        var changed = new Changed(entry.node().toString(), entry.address().toString(), state);
        return Report.of(Changed.class, changed, () -> sentence + "\n");
    }
}
