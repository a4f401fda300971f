package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "list-peers", description = "Show the neighbours of a node, as it knows them now.")
@Manual(
        examples = {"gossip list-peers 5", "gossip list-peers 5 -o json"},
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE})
public final class ListPeers extends NetworkCommand {

    /** What the node answers. */
    record Peers(int node, List<Peer> peers) {}

    /** One of its neighbours. */
    record Peer(int node, String address) {}

    @Parameters(paramLabel = "NODE", converter = NodeNumber.class, description = "The number of the node.")
    private int node;

    public ListPeers(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        LiveNetwork network = running();
        Map<NodeId, Integer> numbers = network.numbersByAddress();
        List<Peer> peers = addresses(network.call(node, "/peers").get()).stream()
                .map(address -> new Peer(numbers.getOrDefault(NodeId.parse(address), 0), address))
                .sorted(Comparator.comparingInt(Peer::node).thenComparing(Peer::address))
                .toList();
        print(new Report<>(new Peers(node, peers), Peer.class, peers, () -> text(peers)));
        return ExitCode.DONE;
    }

    private List<String> addresses(JsonObject answer) {
        try {
            return answer.texts("peers");
        } catch (WireException e) {
            throw Failure.failed(
                    "Node " + node + " answered something that makes no sense: " + e.getMessage() + ".", "", e);
        }
    }

    private String text(List<Peer> peers) {
        if (peers.isEmpty()) {
            return "Node " + node + " has no neighbours.\n";
        }
        TextTable table = new TextTable().number("NODE").text("ADDRESS");
        peers.forEach(peer -> table.line(peer.node(), peer.address()));
        return table.toString();
    }
}
