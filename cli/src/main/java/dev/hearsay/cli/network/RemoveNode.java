package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.HostStop;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "remove-node", description = "Stop one node for good; the others stay connected and go on.")
@Manual(
        examples = {"gossip remove-node 9", "gossip restart-node 9 # brings it back after all"},
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE})
public final class RemoveNode extends NetworkCommand {

    @Parameters(paramLabel = "NODE", converter = NodeArgument.Converter.class, description = NodeArgument.HELP)
    private NodeArgument node;

    public RemoveNode(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        try (NetworkLock _ = NetworkLock.take(running().directory())) {
            LiveNetwork network = running();
            NodeName name = nameOf(network, node);
            NetworkFile.Entry entry = network.node(name);
            if (name.isSeed()) {
                throw Failure.usage(
                        "A seed cannot be removed: the quorum is of all seeds in config.txt, so that one would only be missing.",
                        "To run with other seeds, stop the network and start one with --seeds S, or edit config.txt.");
            }
            if (network.file().gossiping().size() == 1) {
                throw Failure.usage("Node " + name + " is the last one.", "To stop it: gossip stop-network");
            }
            Optional<HostFile> host = network.liveHostOf(name);
            if (host.isPresent()) {
                network.order(host.get(), "/nodes/" + name + "/stop").post("{}");
                if (network.file().processes()) {
                    HostStop.all(List.of(host.get()), h -> stop(network, h));
                    LiveNetwork.writing(
                            () -> network.directory().removeHost(host.get().host()));
                }
            }
            NodeChange.write(network, entry.asRemoved());
            List<HostFile> silent =
                    network.file().seeded() == null ? network.tellMembers("/dismiss", entry.address()) : List.of();
            print(NodeChange.report(
                    entry,
                    "removed",
                    "Node " + name
                            + (network.file().seeded() == null
                                    ? " is removed; the others go on." + stillCounting(network, silent)
                                    : " is stopped; its neighbours notice, and the seeds take it from the Peer List in"
                                            + " some seconds: gossip explain-removal " + name
                                            + LiveNetwork.option(network.name()))));
        }
        return ExitCode.DONE;
    }

    /** Whoever was not told goes on to wait for the removed node, as for one that is only down. */
    private static String stillCounting(LiveNetwork network, List<HostFile> silent) {
        return silent.stream()
                .map(host -> " " + (host.runsAll() ? "Their process" : "Node " + host.host())
                        + " did not answer, and counts it as a member until it is started again"
                        + (host.runsAll()
                                ? "."
                                : ": gossip restart-node " + host.host() + LiveNetwork.option(network.name())))
                .collect(Collectors.joining());
    }

    private static void stop(LiveNetwork network, HostFile host) {
        try {
            network.order(host, "/stop").post("{}");
        } catch (Failure ignored) {
            // Signals do it then.
        }
    }
}
