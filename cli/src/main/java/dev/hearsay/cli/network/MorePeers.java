package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.launch.HostProcesses;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.util.ArrayList;
import java.util.List;

/** Adds peers to a network with seeds that runs. */
final class MorePeers {

    private static final int USUAL_PORT = 7000;

    private final Console console;
    private final LiveNetwork network;
    private List<String> notes = List.of();

    MorePeers(Console console, LiveNetwork network) {
        this.console = console;
        this.network = network;
    }

    /** The port after that of the last peer; 7000 for the first one. */
    static int nextPort(NetworkFile file) {
        return file.nodes().stream()
                .filter(entry -> !entry.node().isSeed())
                .mapToInt(entry -> entry.address().port() + 1)
                .max()
                .orElse(USUAL_PORT);
    }

    /** What a person should know about those that were started. */
    List<String> notes() {
        return notes;
    }

    /**
     * Starts so many peers, on this port and the next ones.
     *
     * @return their entries
     */
    List<NetworkFile.Entry> start(NetworkFile.Seeded seeded, int count, int port, Progress progress) {
        NetworkFile old = network.file();
        int first = old.nodes().stream()
                        .filter(entry -> !entry.node().isSeed())
                        .mapToInt(NetworkFile.Entry::number)
                        .max()
                        .orElse(0)
                + 1;
        List<NetworkFile.Entry> added = SeededPlan.entries(false, first, count, port);
        NetworkPlan.demandPossible(
                old.nodes().size() + count, port - 1, old.processes(), "gossip start-peers " + count + " 7000");
        SeededPlan.demandFree(added, NetworkDirectory.home(console.environment()));
        List<NetworkFile.Entry> all = new ArrayList<>(old.nodes());
        all.addAll(added);
        NetworkFile file = old.with(all).with(seeded);
        notes = SeededPlan.forget(added, seeded.files());
        LiveNetwork.writing(() -> network.directory().write(file));
        Runnable undo = () -> LiveNetwork.writing(() -> network.directory().write(old));
        try {
            if (file.processes()) {
                List<String> hosts =
                        added.stream().map(entry -> entry.node().toString()).toList();
                new HostProcesses(network.directory(), file, console.environment())
                        .start(hosts, "Starting " + count + (count == 1 ? " peer" : " peers"), progress, undo);
            } else {
                added.forEach(entry ->
                        network.order(network.liveHosts().getFirst(), "/nodes").post(AddNode.order(network, entry)));
            }
            return added;
        } catch (RuntimeException e) {
            undo.run();
            throw e;
        }
    }
}
