package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.ReportingCommand;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command about one network. */
abstract class NetworkCommand extends ReportingCommand {

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = NetworkDirectory.DEFAULT_NAME,
            description = "Which network, if there are several (default: ${DEFAULT-VALUE}).")
    private String network;

    NetworkCommand(Console console) {
        super(console);
    }

    final String networkName() {
        return network;
    }

    final LiveNetwork running() {
        return LiveNetwork.running(console(), network);
    }

    /**
     * The node that is meant: one of the network, or whoever listens at an address.
     *
     * @throws Failure if it is one of the network and does not run
     */
    final Contact contact(NodeArgument node) {
        if (node instanceof NodeArgument.At(NodeId address)) {
            Optional<LiveNetwork> known = networkOf(address);
            if (known.isEmpty()) {
                return Contact.at(address);
            }
        }
        LiveNetwork running = running();
        return running.contact(nameOf(running, node));
    }

    /** The network, if it has a node at that address and has not ended. */
    final Optional<LiveNetwork> networkOf(NodeId address) {
        return LiveNetwork.find(console(), network)
                .filter(found -> found.state() == LiveNetwork.State.RUNNING)
                .filter(found -> found.file().nodes().stream()
                        .anyMatch(entry -> entry.address().equals(address)));
    }

    /** What a node of the network is called. */
    static NodeName nameOf(LiveNetwork network, NodeArgument node) {
        return switch (node) {
            case NodeArgument.Named(NodeName name) -> name;
            case NodeArgument.At(NodeId address) ->
                network.file().nodes().stream()
                        .filter(entry -> entry.address().equals(address))
                        .map(NetworkFile.Entry::node)
                        .findFirst()
                        .orElseThrow(() -> new Failure(
                                ExitCode.NO_SUCH_NODE,
                                "no-such-node",
                                "The network '" + network.name() + "' has no node at " + address + ".",
                                "See: gossip status" + LiveNetwork.option(network.name())));
        };
    }

    /** What nodes are called, as far as the network is known here. */
    final NodeNames names() {
        return new NodeNames(LiveNetwork.find(console(), network));
    }
}
