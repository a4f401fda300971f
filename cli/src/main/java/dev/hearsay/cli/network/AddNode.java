package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.HostProcesses;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostStatus;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "add-node",
        description = "Add a node, or a peer, to the network; it gets the next number, and all messages.")
@Manual(
        examples = {"gossip add-node"},
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.TAKEN})
public final class AddNode extends NetworkCommand {

    public AddNode(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        try (NetworkLock _ = NetworkLock.take(running().directory())) {
            LiveNetwork old = running();
            NetworkFile file = old.file();
            if (file.seeded() != null) {
                addPeer(old, file.seeded());
                return ExitCode.DONE;
            }
            int number = file.nodes().stream()
                            .mapToInt(NetworkFile.Entry::number)
                            .max()
                            .orElse(0)
                    + 1;
            NetworkPlan.demandPossible(number, file.basePort(), file.processes());
            var address = new NodeId(file.host(), file.basePort() + number);
            Ports.demandFree(
                    List.of(address),
                    file.basePort(),
                    "--base-port",
                    NetworkDirectory.home(console().environment()));
            List<Integer> neighbours = Joining.neighbours(
                    OverlaySpec.parse(file.topology()),
                    file.present(),
                    number,
                    new Random64(file.randomSeed() + number));
            var entry = new NetworkFile.Entry(NodeName.of(number), address, neighbours, false);
            NodeChange.write(old, entry);
            LiveNetwork network = running();
            // Told first: a node takes links from members only.
            network.tellMembers("/admit", entry.address());
            Runnable undo = () -> {
                network.tellMembers("/dismiss", entry.address());
                LiveNetwork.writing(() -> network.directory().write(file));
            };
            try (Progress progress = progress()) {
                start(network, entry, progress, undo);
            } catch (RuntimeException e) {
                undo.run();
                throw e;
            }
            String links = neighbours.stream().map(String::valueOf).collect(Collectors.joining(", "));
            print(NodeChange.report(
                    entry, "running", "Node " + number + " is running at " + address + ", linked to " + links + "."));
        }
        return ExitCode.DONE;
    }

    private void addPeer(LiveNetwork network, NetworkFile.Seeded seeded) {
        MorePeers more = new MorePeers(console(), network);
        NetworkFile.Entry entry;
        try (Progress progress = progress()) {
            entry = more.start(seeded, 1, MorePeers.nextPort(network.file()), progress)
                    .getFirst();
        }
        print(NodeChange.report(
                entry,
                "running",
                "Node " + entry.node() + " is running at " + entry.address() + "; the seeds register it."
                        + more.notes().stream().map(note -> "\n" + note).collect(Collectors.joining())));
    }

    private void start(LiveNetwork network, NetworkFile.Entry entry, Progress progress, Runnable undo) {
        if (network.file().processes()) {
            new HostProcesses(network.directory(), network.file(), console().environment())
                    .start(List.of(entry.node().toString()), "Starting node " + entry.node(), progress, undo);
        } else {
            network.order(network.liveHosts().getFirst(), "/nodes").post(order(network, entry));
        }
    }

    /** The order to run a node. */
    static String order(LiveNetwork network, NetworkFile.Entry entry) {
        List<NodeId> neighbours = entry.neighbours().stream()
                .map(number -> network.file().find(NodeName.of(number)).orElse(null))
                .filter(Objects::nonNull)
                .filter(neighbour -> !neighbour.removed())
                .map(NetworkFile.Entry::address)
                .toList();
        return HostStatus.JSON.line(new HostOptions.Member(entry.node(), entry.address(), neighbours));
    }
}
